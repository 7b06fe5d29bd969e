// Records typing sessions for `inkling bench` as a person might have typed them: `npx tsx scripts/record-session.ts` writes test/bench/sessions.
// Times between keys are log-normal (Dhakal et al., "Observations on Typing from 136 Million Keystrokes", CHI 2018: median about 190 ms, 10 to
// 15 % slower keys at the start of words), longer where a word, a line or a thought begins; 2 % of letters are a neighbouring key, noticed one
// to four keys later. The same seed gives the same session.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Key, Part } from "../src/cli/bench/session.js";

const root = join(__dirname, "..");

/** Lines of real files, from 1, first and last included. */
const recordings: { name: string; file: string; languageId: string; lines: [number, number][]; seed: number }[] = [
  { name: "typescript", file: "forkJoin.ts", languageId: "typescript", lines: [[154, 176]], seed: 11 },
  { name: "typescript-2", file: "menuItem.tsx", languageId: "typescriptreact", lines: [[222, 240]], seed: 12 },
  { name: "python", file: "idtracking.py", languageId: "python", lines: [[71, 78], [80, 95]], seed: 21 },
  { name: "python-2", file: "sandbox.py", languageId: "python", lines: [[318, 332], [334, 342]], seed: 22 },
  { name: "go", file: "mux.go", languageId: "go", lines: [[137, 152], [196, 211]], seed: 31 },
  { name: "go-2", file: "regexp.go", languageId: "go", lines: [[186, 209]], seed: 32 },
];

const pairs: Record<string, string> = { "(": ")", "[": "]", "{": "}", "\"": "\"" };
const rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => { // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function typist(seed: number) {
  const chance = random(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const around = (median: number, spread: number): number => Math.round(median * Math.exp(spread * normal()));
  return {
    chance,
    wait: (before: string, next: string): number => {
      if (before.endsWith("\n") || before.trim() === "") return Math.min(4000, around(900, 0.6)); // a new line: what comes now?
      if (/\s$/.test(before) || !/\w/.test(next)) return Math.min(1500, around(210, 0.45));
      return Math.max(45, Math.min(900, around(165, 0.35)));
    },
    slip: (letter: string): string | undefined => {
      const row = rows.find((keys) => keys.includes(letter));
      if (!row || chance() > 0.02) return undefined;
      const at = row.indexOf(letter);
      return row[at + (chance() < 0.5 ? -1 : 1)] ?? row[at - 1];
    },
    looks: (before: string): boolean => chance() < (before.endsWith("\n") || /[\s(.]$/.test(before) ? 0.6 : 0.25),
  };
}

/** Where brackets and quotes are closed on the same line, the editor closes them at once. */
function closedOnLine(text: string): Map<number, number> {
  const closed = new Map<number, number>();
  const open: { at: number; closer: string }[] = [];
  text.split(/(?:)/u).forEach((char, at) => {
    const top = open.at(-1);
    if (char === "\n") open.length = 0;
    else if (top?.closer === char) {
      open.pop();
      closed.set(top.at, at);
    } else if (pairs[char] !== undefined && (char !== "\"" || !/\w/.test(text[at - 1] ?? ""))) open.push({ at, closer: pairs[char] });
  });
  return closed;
}

function typePart(text: string, seed: number): Key[] {
  const { chance, wait, slip, looks } = typist(seed);
  const closed = closedOnLine(text);
  const closers = new Set(closed.values());
  const keys: Key[] = [];
  const push = (key: Omit<Key, "wait">, before: string, next: string): void => { keys.push({ wait: wait(before, next), ...key }); };
  for (let at = 0; at < text.length;) {
    const before = text.slice(0, at);
    const unit = /^\r?\n[ \t]*/.exec(text.slice(at))?.[0] ?? text[at]!;
    const wrong = slip(unit);
    if (wrong !== undefined) at = mistype(text, at, wrong, chance, push);
    const done = at + unit.length;
    const look = looks(text.slice(0, done)) ? { look: true as const } : {};
    if (closers.has(at)) push({ over: unit, at: done, ...look }, before, unit);
    else push({ type: unit, ...closed.has(at) && { closes: text[closed.get(at)!]! }, at: done, ...look }, before, unit);
    at = done;
  }
  return keys;
}

/** A wrong letter, perhaps some right ones after it, then all of that back. */
function mistype(text: string, at: number, wrong: string, chance: () => number, push: (key: Omit<Key, "wait">, before: string, next: string) => void): number {
  const more = /^\w*/.exec(text.slice(at + 1, at + 1 + Math.floor(chance() * 4)))?.[0] ?? "";
  const before = text.slice(0, at);
  for (const letter of [wrong, ...more.split(/(?:)/u)].filter((one) => one !== "")) push({ type: letter }, before || "x", letter);
  for (let left = more.length; left >= 0; left -= 1) push({ back: 1, ...left === 0 && { at } }, "x", "x");
  return at;
}

for (const { name, file, languageId, lines, seed } of recordings) {
  const path = join(root, "test/fixtures/files", file);
  const text = readFileSync(path, "utf8");
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const parts: Part[] = lines.map(([first, last], i) => {
    const start = starts[first - 1]!;
    const end = starts[last]! - 1;
    return { start, end, keys: typePart(text.slice(start, end), seed * 100 + i) };
  });
  const printed = parts.map((part) => `{ "start": ${part.start}, "end": ${part.end}, "keys": [\n${part.keys.map((key) => JSON.stringify(key)).join(",\n")}\n]}`);
  writeFileSync(join(root, "test/bench/sessions", `${name}.json`),
    `{ "file": "../../fixtures/files/${file}", "languageId": "${languageId}", "parts": [\n${printed.join(",\n")}\n]}\n`);
  const ms = parts.flatMap(({ keys }) => keys).reduce((sum, key) => sum + key.wait, 0);
  console.log(`${name}: ${parts.flatMap(({ keys }) => keys).length} keys, ${Math.round(ms / 1000)} s`);
}
