// Which holes a plain window around the cursor cannot serve: the missing text has a name in it that stands in the file, or in a file beside
// it, but not near the cursor. On those a compact context has to show what it is worth.
import { lex } from "../../core/completion/lexer.js";
import { middleOf, type Hole, type SourceFile } from "./holes.js";

/** Nominal; the same for all models, so that all arms divide the holes alike. */
const charsPerToken = 3;

/** Whether a window of so many tokens, three quarters of them before the cursor, lacks a name that the hole needs and the files have. */
export function needsMore(hole: Hole, tokens: number, neighbours: readonly SourceFile[]): boolean {
  const { text } = hole.file;
  const room = tokens * charsPerToken;
  const from = Math.max(0, hole.start - Math.floor(room * 0.75));
  const to = hole.end + Math.floor(room * 0.25);
  const near = namesIn(text.slice(from, hole.start), text.slice(hole.end, to));
  const far = namesIn(text.slice(0, from), text.slice(to), ...neighbours.map((file) => file.text));
  return [...namesIn(middleOf(hole))].some((name) => !near.has(name) && far.has(name));
}

/** A name is at least three characters long; shorter ones stand everywhere. */
function namesIn(...texts: string[]): Set<string> {
  return new Set(texts.flatMap((text) => lex(text).map((token) => token.text).filter((word) => /^[\p{L}_$][\p{L}\p{N}_$]{2,}$/u.test(word))));
}
