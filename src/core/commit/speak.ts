// A model's words for a change: what it is shown under its window, what of its answer is taken, and when it is not taken at all. Where the
// changed lines do not fit, each of the files that matter most is put into a line first, and the lines are shown in their place.
import type { Speaker } from "../speaker.js";
import type { ChangeSet } from "../../protocol/commit.js";
import { redact } from "../context/secrets.js";
import type { Composed } from "./compose.js";
import type { Convention } from "./convention.js";
import type { Facts } from "./facts.js";
import { addTo } from "./groups.js";
import { ground, type Vocabulary, vocabularyOf } from "./grounding.js";
import { type ChangedLines, changedLines, pack } from "./hunks.js";
import { instructions, leftOutText, mayBePreamble, plainAnswer, plainLine, question, summaryInstructions, tokens } from "./prompt.js";

export interface Material {
  change: ChangeSet;
  found: Facts;
  convention: Convention;
  composed: Composed;
  facts: readonly string[];
}

export type Spoken = { ok: true; subject: string; body: string } | { ok: false; reason: string };

const MOST_FACTS = 16;
const MOST_SUMMARIES = 6;
const LEAST_SUBJECT = 8;

export async function phrase(material: Material, speaker: Speaker, signal: AbortSignal, onText: (text: string) => void): Promise<Spoken> {
  const { change, found, convention, composed } = material;
  const withBody = composed.body !== "";
  const room = convention.length - composed.prefix.length - composed.suffix.length;
  const system = instructions(convention, room, withBody);
  const vocabulary = vocabularyOf(found, [change.branch ?? "", change.draft ?? ""]);
  const user = await userText(material, speaker, system, vocabulary, signal);
  const answer = new Answer(material, vocabulary, room, onText);
  await speaker.ask(system, user, tokens.subject + (withBody ? tokens.body : 0), signal, (piece) => {
    answer.add(piece);
    return answer.isOver(withBody);
  });
  return answer.result();
}

/** Facts are always shown; the rest of the window is for changed lines, or for a line about each file. */
async function userText({ change, found, facts }: Material, speaker: Speaker, system: string, vocabulary: Vocabulary, signal: AbortSignal): Promise<string> {
  const shown = facts.slice(0, MOST_FACTS).map((fact) => fact.slice(0, 160));
  const examples = change.history.map(({ subject }) => redact(subject)).filter((subject) => subject.length <= 80).slice(0, 4);
  const parts = { examples, facts: shown, draft: change.draft === undefined ? undefined : redact(change.draft).slice(0, 200) };
  const pieces = changedLines(found.files, found.facts);
  const all = question({ ...parts, diff: "", leftOut: leftOutText(99_999, 9_999) });
  const left = Math.min(speaker.window, tokens.window) - tokens.subject - tokens.body - tokens.spare - speaker.count(system) - speaker.count(all);
  const packed = pack(pieces, Math.max(0, left), (text) => speaker.count(text));
  const leftOut = leftOutText(packed.leftOut.pieces, packed.leftOut.files + found.counted.length);
  if (packed.leftOut.files < 2) return question({ ...parts, diff: packed.text, leftOut });
  const summaries = await summarize(pieces, speaker, vocabulary, signal);
  const files = new Set(found.files.map(({ file }) => file.path)).size;
  return question({ ...parts, diff: summaries.map(([path, line]) => `${path}: ${line}`).join("\n"), leftOut: leftOutText(0, files - summaries.length) });
}

/** A line about each of the files that matter most. */
async function summarize(pieces: readonly ChangedLines[], speaker: Speaker, vocabulary: Vocabulary, signal: AbortSignal): Promise<[path: string, line: string][]> {
  const byPath = new Map<string, ChangedLines[]>();
  for (const piece of pieces) addTo(byPath, piece.path, piece);
  const room = Math.min(speaker.window, 1_024) - tokens.summary - tokens.spare - speaker.count(summaryInstructions);
  const summaries: [string, string][] = [];
  for (const [path, own] of [...byPath].slice(0, MOST_SUMMARIES)) {
    const { text } = pack(own, room, (piece) => speaker.count(piece));
    if (text === "") continue;
    let answer = "";
    await speaker.ask(summaryInstructions, text, tokens.summary, signal, (piece) => {
      answer += piece;
      return /\S.*\n/.test(answer);
    });
    const line = ground(plainLine(plainAnswer(answer).split("\n")[0]!), vocabulary);
    if (line.text.length >= LEAST_SUBJECT && line.unknown.length === 0) summaries.push([path, line.text.slice(0, 120)]);
  }
  return summaries;
}

/** An answer as it comes. What is shown of it ends at a word's end, and never has a name in it that is not in the diff. */
class Answer {
  #raw = "";
  #refused: string | undefined;

  constructor(private readonly material: Material, private readonly vocabulary: Vocabulary, private readonly room: number, private readonly onText: (text: string) => void) {}

  add(piece: string): void {
    this.#raw += piece;
    const complete = this.#raw.slice(0, this.#raw.search(/\S*$/));
    if (mayBePreamble(complete)) return;
    const [line = "", ...rest] = plainAnswer(complete).split("\n");
    const subject = ground(this.#finish(line), this.vocabulary);
    if (subject.unknown.length > 0) this.#refused = `it names ${subject.unknown[0]!}, which is not in the diff`;
    if (this.#refused === undefined && line.trim() !== "") this.onText(this.#prefixed(subject.text) + this.#body(rest, "\n\n"));
  }

  /** More would not be used. */
  isOver(withBody: boolean): boolean {
    if (this.#refused !== undefined) return true;
    const lines = plainAnswer(this.#raw).split("\n").map((line) => line.trim());
    return withBody ? lines.filter((line) => line.startsWith("- ")).length > 5 : lines[0] !== "" && lines.length > 1;
  }

  result(): Spoken {
    const [line = "", ...rest] = plainAnswer(this.#raw).trim().split("\n");
    const { text, unknown } = ground(this.#finish(line), this.vocabulary);
    if (unknown.length > 0) return { ok: false, reason: `it names ${unknown[0]!}, which is not in the diff` };
    const subject = shortened(text, this.room);
    if (subject === undefined || subject.length < LEAST_SUBJECT || !/\p{L}{2}/u.test(subject) || isNoise(subject)) return { ok: false, reason: `it is no subject: ${JSON.stringify(line.slice(0, 80))}` };
    const { body } = this.material.composed;
    return { ok: true, subject: this.#prefixed(subject), body: body === "" ? "" : this.#body(rest, "") + counts(body) || body };
  }

  #finish(line: string): string {
    const { capital } = this.material.convention;
    const text = plainLine(line);
    const plain = /^\p{Lu}?\p{Ll}+(?=\s|$)/u.exec(text)?.[0];
    if (plain === undefined) return text;
    return (capital ? plain[0]!.toUpperCase() : plain[0]!.toLowerCase()) + text.slice(1);
  }

  #prefixed(subject: string): string {
    const { composed, convention } = this.material;
    return composed.prefix + subject + (convention.fullStop && !/[.。]$/.test(subject) ? "." : "") + composed.suffix;
  }

  /** The bullets that hold, behind `separator`. */
  #body(lines: readonly string[], separator: string): string {
    const bullets = lines.filter((line) => /^\s*[-*]\s+\S/.test(line)).map((line) => ground(plainLine(line), this.vocabulary))
      .filter(({ text, unknown }) => unknown.length === 0 && text.length >= LEAST_SUBJECT && text.length <= 120 && !isNoise(text)).slice(0, 5);
    return bullets.length === 0 ? "" : separator + bullets.map(({ text }) => `- ${text}`).join("\n");
  }
}

/** What was only counted stays counted, whoever writes the rest. */
function counts(body: string): string {
  const last = body.split("\n").at(-1)!;
  return /\(\+\d+ -\d+\)/.test(last) ? `\n${last}` : "";
}

/** Cut where a part of the sentence ends, if enough is left. */
function shortened(text: string, room: number): string | undefined {
  if (text.length <= room) return text;
  const cut = text.slice(0, room + 1);
  const at = Math.max(...[", ", "; ", " and ", " so that ", " because ", " by ", " when ", " to ensure ", " (", " - "].map((end) => cut.lastIndexOf(end)));
  return at >= room / 3 ? text.slice(0, at) : undefined;
}

/** The same again and again, or no words. */
function isNoise(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.length < 2 || (words.length >= 6 && new Set(words).size < words.length / 2) || /[\p{L}\p{N}]{40}/u.test(text) || /\ufffd/.test(text);
}
