// Whether anything should be asked at this place, and how much: one line or a block. Pure; looks at text only.
import type { ReasonCode } from "../../protocol.js";
import type { Place } from "./place.js";
import type { CompletionRequest, CompletionSettings } from "./request.js";

export type Plan =
  | { ask: false; reason: ReasonCode }
  | { ask: true; maxLines: number; maxTokens: number };

/** A small model is good for a line; only where nothing else can follow is it asked for more. */
const line: Plan = { ask: true, maxLines: 1, maxTokens: 40 };
const block: Plan = { ask: true, maxLines: 6, maxTokens: 96 };

const maxDocumentChars = 1_000_000;

export function planRequest(place: Place, request: CompletionRequest, settings: CompletionSettings): Plan {
  const { text } = place.document;
  if (text.length > maxDocumentChars) return { ask: false, reason: "too-large" };
  if (text.trim() === "") return { ask: false, reason: "empty-document" };
  const refused = request.automatic ? refusal(place, settings) : undefined;
  if (refused !== undefined) return { ask: false, reason: refused };
  return request.selected === undefined && wantsBlock(place, request) ? block : line;
}

function refusal(place: Place, settings: CompletionSettings): ReasonCode | undefined {
  if (/^[\p{L}\p{N}_$]/u.test(place.lineAfter)) return "inside-identifier";
  if (!onlyClosers.test(place.lineAfter)) return "text-after-cursor";
  const around = surroundings(place);
  if (around === "comment" && !settings.inComments) return "in-comment";
  if (around === "string" && !settings.inStrings) return "in-string";
  return undefined;
}

/** Closing brackets, quotes and punctuation, perhaps a brace that opens the body, or the tag that an editor closed. */
const onlyClosers = /^[\s)\]}>"'`;:,]*\{?\s*(?:<\/[\w.-]*>)?\s*$/;

export function surroundings({ open, lexis }: Place): "comment" | "string" | "code" {
  const top = open.at(-1) ?? "";
  if (lexis.lineComments.includes(top) || lexis.blockComments.some(([opener]) => opener === top)) return "comment";
  return top === "" || /^(?:\(|\[|\{|\$\{)$/.test(top) ? "code" : "string";
}

/** On a line of its own: under a line that opens a block that is still empty, or under a comment, or after an accepted suggestion. */
function wantsBlock(place: Place, request: CompletionRequest): boolean {
  if (surroundings(place) !== "code" || place.lineAfter.trim() !== "") return false;
  if (request.afterAccept === true) return true;
  if (place.lineBefore.trim() !== "") return false;
  return opensEmptyBlock(place) || /^\s*(?:\/\/|#(?!include|define|if|end)|\*\/|\*\s|"""|''')/.test(place.previousLine);
}

function opensEmptyBlock({ previousLine, nextLine, nextIndent, lineBefore }: Place): boolean {
  if (!/(?:[{([:]|=>|->|\b(?:do|then|else|begin))$/.test(previousLine)) return false;
  return nextLine === "" || nextIndent.length < lineBefore.length || /^(?:[)\]}]|end\b|fi\b|done\b|esac\b)/.test(nextLine);
}
