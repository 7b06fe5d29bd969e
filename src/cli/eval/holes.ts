// What a hole is, and how holes of one file are cut: the rest of a line, a syntax node, or a body of several lines is taken
// out, and the completion has to bring it back. The same file and seed give the same holes on every machine.
import type { Random } from "./random.js";
import { pick } from "./random.js";

export type HoleKind = "line" | "node" | "block";
export const holeKinds: readonly HoleKind[] = ["line", "node", "block"];

export interface SourceFile {
  project: string;
  /** Relative to the project, with forward slashes. */
  path: string;
  languageId: string;
  text: string;
}

export interface Hole {
  /** Stable name: project, path, offset and kind. */
  id: string;
  kind: HoleKind;
  file: SourceFile;
  /** Where the cursor is: an offset in the file's text and in the holed text alike. */
  start: number;
  /** The text between `start` and `end` is what has been taken out. */
  end: number;
}

export function makeHole(kind: HoleKind, file: SourceFile, start: number, end: number): Hole {
  return { id: `${file.project}/${file.path}:${start}:${kind}`, kind, file, start, end };
}

export const middleOf = (hole: Hole): string => hole.file.text.slice(hole.start, hole.end);

/** The document as the completion sees it. */
export const holedText = (hole: Hole): string => hole.file.text.slice(0, hole.start) + hole.file.text.slice(hole.end);

/** Places where somebody who types would like to be helped: before these patterns' second groups. */
const triggers: readonly RegExp[] = [
  /(^[^\S\n]*)(?=\S)/gm,                                    // the line's first character
  /((?<![\p{L}\p{N}_$.])[\p{L}_$][\p{L}\p{N}_$]{0,2})(?=[\p{L}\p{N}_$])/gu, // one to three letters into a word
  /(\.)(?=[\p{L}_$])/gu,
  /(\()(?=\S)/g,
  /((?<![=!<>])= )(?=\S)/g,
];

const commentLine = /^\s*(\/\/|\/\*|\*|#|"""|''')/;

/** Something with a word in it, that fits on a screen and does not end in a remark that nobody could foresee. */
const isWorthCutting = (rest: string): boolean => /[\p{L}\p{N}_]/u.test(rest) && rest.length <= 160 && !/\s(\/\/|#|\/\*)/.test(rest);

/** One place for a `line` hole, each sort of trigger being as likely as the others; undefined if the file has none. */
export function cutLine(file: SourceFile, random: Random, allowed: (offset: number) => boolean = () => true): Hole | undefined {
  const start = Math.floor(random() * file.text.length);
  const trigger = pick(triggers, random)!;
  for (const match of wrapAround(file.text, trigger, start)) {
    const offset = match.index + match[1]!.length;
    const lineStart = file.text.lastIndexOf("\n", offset - 1) + 1;
    const lineEnd = endOfLine(file.text, offset);
    const line = file.text.slice(lineStart, lineEnd);
    const rest = file.text.slice(offset, lineEnd).trimEnd();
    if (isWorthCutting(rest) && !commentLine.test(line) && allowed(offset)) {
      return makeHole("line", file, offset, lineEnd);
    }
  }
  return undefined;
}

/** Matches from `start` to the end of the text and then from its beginning. */
function* wrapAround(text: string, pattern: RegExp, start: number): Generator<RegExpExecArray> {
  const matches = [...text.matchAll(pattern)];
  const first = matches.findIndex((match) => match.index >= start);
  for (let i = 0; i < matches.length; i++) yield matches[(Math.max(first, 0) + i) % matches.length]!;
}

export function endOfLine(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  const end = at < 0 ? text.length : at;
  return text[end - 1] === "\r" && end > offset ? end - 1 : end;
}
