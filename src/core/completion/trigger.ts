// Whether anything should be asked at this place, and how much: one line or a block. Pure.
import type { ReasonCode } from "../../protocol/completion.js";
import { refusalFor } from "../context/refuse.js";
import type { SyntaxTree } from "../syntax/parser.js";
import { blankLineAfter, isInEmptyBlock, surfaceAt } from "../syntax/position.js";
import { indentWidth, type Place } from "./place.js";
import type { CompletionRequest, CompletionSettings } from "./request.js";

export type Plan =
  | { ask: false; reason: ReasonCode }
  | { ask: true; maxLines: number; maxTokens: number };

/** A small model is good for a line; only where a block is expected is it asked for more. */
const line: Plan = { ask: true, maxLines: 1, maxTokens: 40 };
const block: Plan = { ask: true, maxLines: 6, maxTokens: 96 };

/** `tree` is asked for only where the answer depends on it. */
export function planRequest(place: Place, request: CompletionRequest, settings: CompletionSettings, tree: () => SyntaxTree | undefined): Plan {
  const { document, offset } = place;
  const where = () => ({ text: document.text, offset, languageId: document.languageId, tree: tree() });
  const refused = refusalFor(document.path, document.text);
  if (refused !== undefined && (request.automatic || refused !== "generated")) return { ask: false, reason: refused };
  if (document.text.trim() === "") return { ask: false, reason: "empty-document" };
  const unwelcome = request.automatic ? refusalOf(place, settings, where) : undefined;
  if (unwelcome !== undefined) return { ask: false, reason: unwelcome };
  return request.selected === undefined && wantsBlock(place, request, where) ? block : line;
}

type Where = () => Parameters<typeof surfaceAt>[0];

function refusalOf({ lineAfter }: Place, settings: CompletionSettings, where: Where): ReasonCode | undefined {
  if (/^[\p{L}\p{N}_$]/u.test(lineAfter)) return "inside-identifier";
  if (!onlyClosers.test(lineAfter)) return "text-after-cursor";
  if (settings.inComments && settings.inStrings) return undefined;
  const surface = surfaceAt(where());
  if (surface === "comment" && !settings.inComments) return "in-comment";
  return surface === "string" && !settings.inStrings ? "in-string" : undefined;
}

/** Closing brackets, quotes and punctuation, perhaps an arrow and a brace that open the body, or the tag that an editor closed. */
const onlyClosers = /^[\s)\]}>"'`;:,]*(?:=>)?\s*\{?\s*(?:<\/[\w.-]*>)?\s*$/;

/** After an accepted suggestion, and on a line of its own: in an empty block, under a signature or comment with nothing below it yet. */
function wantsBlock(place: Place, request: CompletionRequest, where: Where): boolean {
  if (place.lineAfter.trim() !== "") return false;
  if (request.afterAccept === true) return surfaceAt(where()) === "code";
  return place.lineBefore.trim() === "" && (isInEmptyBlock(where()) || (hasRoomBelow(place) && blankLineAfter(where()) !== undefined));
}

/** Otherwise what belongs here is there already, and one more line is wanted. */
function hasRoomBelow({ lineBefore, nextLine, nextIndent, document: { text }, offset }: Place): boolean {
  return nextLine === "" || indentWidth(nextIndent) < indentWidth(lineBefore) || /^[^\n]*\n[ \t\r]*\n/.test(text.slice(offset, offset + 500));
}
