// How fast somebody types, as far as that can be seen from the edits of documents.

export interface Rhythm {
  /** An edit of a document, at a time in milliseconds. */
  key(uri: string, at: number): void;
  /** Median time between two keys lately, in milliseconds; undefined until there were a few. */
  typicalGapMs(): number | undefined;
}

/** A longer pause is thinking, not typing. */
const PAUSE_MS = 1500;
const REMEMBERED = 15;
const ENOUGH = 5;

export function createRhythm(): Rhythm {
  const gaps: number[] = [];
  let last: { uri: string; at: number } | undefined;
  return {
    key(uri, at) {
      const gap = last?.uri === uri ? at - last.at : Infinity;
      last = { uri, at };
      if (gap > PAUSE_MS) return;
      gaps.push(gap);
      if (gaps.length > REMEMBERED) gaps.shift();
    },
    typicalGapMs() {
      if (gaps.length < ENOUGH) return undefined;
      return [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
    },
  };
}
