// Suggestions that may still be right. While somebody types through one, goes back a few characters or accepts it, the answer is here
// and the model need not be asked. In memory only, and never more of it than `maxBytes`.
import type { ReasonCode } from "../../protocol/completion.js";
import { owned } from "../owned.js";
import { lineEnd, lineStart } from "../syntax/lines.js";

/** What was found out for a place: a suggestion, or why there is none; and whether before anybody asked. */
export type Remembered = ({ text: string } | { reason: ReasonCode }) & { ahead?: boolean };

export interface CompletionCache {
  /** What is left to say at this place of a suggestion that was made here, or further left on this line. */
  find(uri: string, text: string, offset: number): Remembered | undefined;
  remember(uri: string, text: string, offset: number, what: Remembered): void;
}

/** A cache that remembers nothing, for evaluation. */
export const noCache: CompletionCache = { find: () => undefined, remember: () => undefined };

/** The cursor's line as it was to become. */
interface Expected {
  /** The line from its start, with the suggestion and what follows it. */
  line: string;
  /** How much of it had been typed when the suggestion was made. */
  typed: number;
  /** What stood right of the cursor. */
  lineAfter: string;
  reason?: ReasonCode;
  ahead?: boolean;
}

/** Grouped by what stands above and below the line: there are few for one line, and typing on it keeps the group. */
export function createCache(maxBytes = 2 * 1024 * 1024): CompletionCache {
  const groups = new Map<string, Expected[]>();
  let bytes = 0;
  const add = (place: string, wanted: Expected) => {
    const around = owned(place);
    const expected = { ...wanted, line: owned(wanted.line), lineAfter: owned(wanted.lineAfter) };
    const group = groups.get(around)?.filter(other => other.line !== expected.line || other.lineAfter !== expected.lineAfter) ?? [];
    bytes += sizeOf(around, [...group, expected]) - sizeOf(around, groups.get(around) ?? []);
    groups.delete(around);
    groups.set(around, [...group, expected]);
    for (const [eldest, entries] of groups) {
      if (bytes <= maxBytes) break;
      groups.delete(eldest);
      bytes -= sizeOf(eldest, entries);
    }
  };
  return {
    find(uri, text, offset) {
      const { around, line, lineAfter } = split(uri, text, offset);
      const fitting = (groups.get(around) ?? []).filter(expected => fits(expected, line, lineAfter));
      const latest = fitting.at(-1);
      if (latest?.reason !== undefined) return { reason: latest.reason, ...latest.ahead && { ahead: true } };
      // What was thought ahead continues the suggestion that is still being typed: one at a time.
      const nearest = fitting.filter(expected => latest?.line.startsWith(expected.line)).sort((a, b) => a.line.length - b.line.length)[0];
      return nearest && { text: nearest.line.slice(line.length), ...nearest.ahead && { ahead: true } };
    },
    remember(uri, text, offset, what) {
      const { around, line, lineAfter } = split(uri, text, offset);
      const ahead = what.ahead && { ahead: true };
      if ("reason" in what) {
        add(around, { line, typed: line.length, lineAfter, reason: what.reason, ...ahead });
        return;
      }
      add(around, { line: line + what.text, typed: line.length, lineAfter, ...ahead });
      // Again for each further line of it, so that it can be typed through across line ends.
      const [before, after] = [text.slice(Math.max(0, offset - 4 * contextChars), offset), text.slice(offset, offset + 4 * contextChars)];
      for (let end = what.text.indexOf("\n"); end !== -1; end = what.text.indexOf("\n", end + 1)) {
        const said = before + what.text.slice(0, end + 1);
        add(split(uri, said + after, said.length).around, { line: what.text.slice(end + 1), typed: 0, lineAfter, ...ahead });
      }
    },
  };
}

/** Typed so far as expected, and nothing new right of the cursor but what an editor closes by itself. */
function fits(expected: Expected, line: string, lineAfter: string): boolean {
  if (expected.reason !== undefined) return expected.line === line && expected.lineAfter === lineAfter;
  return line.length >= expected.typed && line.length < expected.line.length && expected.line.startsWith(line)
    && lineAfter.endsWith(expected.lineAfter) && /^[)\]}>"'`]*$/.test(lineAfter.slice(0, lineAfter.length - expected.lineAfter.length));
}

const contextChars = 800;

/** A suggestion has line feeds alone, also where the document has carriage returns with them. */
function plain(text: string): string {
  return text.replaceAll("\r", "");
}

function split(uri: string, text: string, offset: number): { around: string; line: string; lineAfter: string } {
  const start = lineStart(text, offset);
  const end = lineEnd(text, offset);
  const above = plain(text.slice(Math.max(0, start - contextChars), start)).slice(-contextChars / 2);
  const below = plain(text.slice(end, end + contextChars)).slice(0, contextChars / 2);
  return { around: `${uri}\0${above}\0${below}`, line: text.slice(start, offset), lineAfter: text.slice(offset, end).trimEnd() };
}

/** In bytes, roughly: two for each UTF-16 code unit, and a hundred for each object. */
function sizeOf(around: string, entries: readonly Expected[]): number {
  return entries.length === 0 ? 0 : 2 * around.length + entries.reduce((sum, { line, lineAfter }) => sum + 100 + 2 * (line.length + lineAfter.length), 0);
}
