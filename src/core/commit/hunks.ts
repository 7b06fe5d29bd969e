// The lines that changed, as pieces that a prompt is packed with: the most telling first, secrets blacked out, and a count of what did
// not fit.
import type { ChangedFile } from "../../protocol/commit.js";
import { redact } from "../context/secrets.js";
import { diff } from "./diff.js";
import type { Fact } from "./fact.js";
import type { ReadFile } from "./facts.js";
import { isCountedOnly } from "./kinds.js";

export interface ChangedLines {
  path: string;
  text: string;
  score: number;
}

const CONTEXT = 1;
/** A piece is cut to this: the beginning of something new says what it is. */
const MOST_LINES = 40;
const MOST_COLUMNS = 160;

/** Of the files that may be shown, the best first. */
export function changedLines(files: readonly ReadFile[], facts: readonly Fact[]): ChangedLines[] {
  return files.filter(({ file, kind }) => !isCountedOnly(kind) && (file.before !== undefined || file.after !== undefined))
    .flatMap(({ file, kind }) => linesOf(file).map((text) => ({ path: file.path, text, score: scoreOf(file.path, text, facts) - (kind === "source" ? 0 : kind === "test" ? 40 : 20) })))
    .sort((a, b) => b.score - a.score);
}

/** What the facts are about comes first; a piece with more signs of work in it before one with less. */
function scoreOf(path: string, text: string, facts: readonly Fact[]): number {
  const about = facts.filter(({ paths }) => paths.includes(path)).reduce((most, { weight }) => Math.max(most, weight), 0);
  return about + Math.min(20, text.split("\n").length);
}

function linesOf({ before = "", after = "", path, status, oldPath }: ChangedFile): string[] {
  const split = (text: string): string[] => (text === "" ? [] : redact(text).replace(/\r?\n$/, "").split(/\r?\n/));
  const [old, now] = [split(before), split(after)];
  const head = status === "renamed" ? `${oldPath!} -> ${path}` : `${path} (${status})`;
  return joined(diff(old, now)).map((group) => {
    const from = Math.max(0, group[0]!.before - CONTEXT);
    const lines = [...old.slice(from, group[0]!.before).map((line) => ` ${line}`)];
    let at = group[0]!.before;
    for (const hunk of group) {
      lines.push(...old.slice(at, hunk.before).map((line) => ` ${line}`), ...hunk.removed.map((line) => `-${line}`), ...hunk.added.map((line) => `+${line}`));
      at = hunk.before + hunk.removed.length;
    }
    lines.push(...old.slice(at, at + CONTEXT).map((line) => ` ${line}`));
    const cut = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), ` (${lines.length - MOST_LINES} more lines)`] : lines;
    return [head, ...cut.map((line) => (line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS)}…` : line))].join("\n");
  });
}

type Hunks = ReturnType<typeof diff<string>>;

/** Hunks that are only a few lines apart are read together. */
function joined(hunks: Hunks): Hunks[] {
  const groups: Hunks[] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1)?.at(-1);
    if (last && hunk.before - last.before - last.removed.length <= 2 * CONTEXT + 1) groups.at(-1)!.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

export interface Packed {
  text: string;
  /** Pieces and files that did not fit. */
  leftOut: { pieces: number; files: number };
}

/** As much as goes into `room` tokens, in order of score; a piece that is too long gives way to shorter ones behind it. */
export function pack(pieces: readonly ChangedLines[], room: number, count: (text: string) => number): Packed {
  const taken: ChangedLines[] = [];
  let left = room;
  for (const piece of pieces) {
    // A token is hardly ever longer: most pieces that do not fit need not be counted.
    if (piece.text.length / 6 > left) continue;
    const cost = count(`${piece.text}\n\n`);
    if (cost > left) continue;
    taken.push(piece);
    left -= cost;
    if (left < 20) break;
  }
  const files = new Set(pieces.map(({ path }) => path));
  for (const { path } of taken) files.delete(path);
  return { text: taken.map(({ text }) => text).join("\n\n"), leftOut: { pieces: pieces.length - taken.length, files: files.size } };
}
