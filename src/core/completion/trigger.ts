// Whether anything should be asked at this place, and how much: one line or a block. Pure; looks at text only.
import type { ReasonCode } from "../../protocol.js";
import type { SourceDocument } from "../context/context.js";
import type { CompletionRequest } from "./request.js";

export type Plan =
  | { ask: false; reason: ReasonCode }
  | { ask: true; maxLines: number; maxTokens: number };

const maxDocumentChars = 1_000_000;
const line = { maxLines: 1, maxTokens: 32 };

export function planRequest(document: SourceDocument, offset: number, request: CompletionRequest): Plan {
  const { text } = document;
  if (text.length > maxDocumentChars) return { ask: false, reason: "too-large" };
  if (text.trim() === "") return { ask: false, reason: "empty-document" };
  const rest = restOfLine(text, offset);
  if (request.automatic && /^[\p{L}\p{N}_$]/u.test(rest)) return { ask: false, reason: "inside-identifier" };
  if (request.automatic && !/^[\s)\]}>"'`;:,{]*$/.test(rest)) return { ask: false, reason: "text-after-cursor" };
  return { ask: true, ...line };
}

function restOfLine(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(offset, end === -1 ? text.length : end);
}
