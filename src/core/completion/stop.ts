// Structural stops: where in the text so far a suggestion is complete. Pure functions of that text; what they stop is not computed.
import { scan } from "./brackets.js";
import type { StopRule } from "./decode.js";
import { isNextLine } from "./filters/already-there.js";
import { settle } from "./filters/balance.js";
import { stuckAt } from "./filters/repetition.js";
import { indentWidth, type Place } from "./place.js";

/** The rules for a suggestion of at most this many lines at this place, in the order in which they are asked. */
export function stopRules(place: Place, maxLines: number): StopRule[] {
  return maxLines === 1 ? [lineEnd, nothingToSay, stuckAt] : [nothingToSay, outerCloser(place), blockEnd(place), meetsBelow(place), saidBefore, lineLimit(maxLines), stuckAt];
}

/** A single line ends at its line break, once it has something on it. */
export const lineEnd: StopRule = text => {
  const start = text.search(/\S/);
  if (start === -1) return undefined;
  const end = text.indexOf("\n", start);
  return end === -1 ? undefined : end;
};

/** White space and nothing else, for longer than any indentation. */
export const nothingToSay: StopRule = text => text.trim() === "" && (text.length > 120 || text.split("\n").length > 3) ? 0 : undefined;

/** A bracket that would close what is already closed below, on a line that does not open it again. */
export function outerCloser(place: Place): StopRule {
  return text => settle(scan(text.slice(0, text.lastIndexOf("\n") + 1), place.lexis, place.open), place).cut;
}

/** A block ends where a blank line follows or the indentation falls below its first line's. A comment is not followed by code. */
export function blockEnd(place: Place): StopRule {
  const comments = [...place.lexis.lineComments, ...place.lexis.blockComments.map(([open]) => open)];
  const startsOnBlank = place.lineBefore.trim() === "";
  return text => {
    const lines = linesOf(text).map((line, i) => i === 0 ? { ...line, text: place.lineBefore + line.text } : line).slice(startsOnBlank ? 0 : 1);
    const first = lines.findIndex(line => line.text.trim() !== "");
    const base = indentWidth(lines[first]?.text ?? "");
    if (lines[first]?.complete === true && comments.some(comment => lines[first]?.text.trimStart().startsWith(comment))) return lines[first].end;
    for (const line of lines.slice(first + 1)) {
      if (line.text.trim() === "") {
        if (line.complete && first !== -1) return line.start;
      } else if (indentWidth(line.text) < base) {
        if (!/^\s*[)\]}]/.test(line.text)) return line.start;
        if (line.complete) return line.end;
      }
    }
    return undefined;
  };
}

/** A line that the document has next anyway. */
export function meetsBelow(place: Place): StopRule {
  return text => linesOf(text).find((line, i) => line.complete && isNextLine(i === 0 ? place.lineBefore + line.text : line.text, place))?.start;
}

/** A line with words in it that is the one before it again. */
export const saidBefore: StopRule = text => {
  const lines = linesOf(text);
  return lines.find(({ text: line, complete }, i) => i > 0 && complete && /\p{L}{2}/u.test(line) && line.trim() === lines[i - 1]?.text.trim())?.start;
};

export function lineLimit(maxLines: number): StopRule {
  return text => {
    const lines = linesOf(text).filter(line => line.complete && line.text.trim() !== "");
    return lines[maxLines - 1]?.end;
  };
}

/** When it gets late, what there is of whole lines must do: an editor does not wait for the rest. */
export function inTime(late: () => boolean): StopRule {
  return text => {
    const end = text.lastIndexOf("\n");
    return end > 0 && text.slice(0, end).trim() !== "" && late() ? end : undefined;
  };
}

interface Line {
  text: string;
  start: number;
  end: number;
  /** Ends with a line break, so nothing more will come on it. */
  complete: boolean;
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split("\n").map((line, i, all) => {
    const made = { text: line, start, end: start + line.length, complete: i < all.length - 1 };
    start += line.length + 1;
    return made;
  });
}
