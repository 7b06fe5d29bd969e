// Keeps a model to what it was shown: a sentence that names something which stands neither in the code nor in the facts is not shown.
import { wordsOf } from "../context/words.js";

/** Every name in these texts, case included. */
export function vocabularyOf(...texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => wordsOf(text)));
}

/** Words that explanations put into code marks and that are nobody's names. */
const common = new Set((
  "string number boolean bool int float double char void null undefined true false None True False nil self this super error Error Exception exception array list map set dict "
  + "object function method class promise Promise Result Option Some Ok Err async await return returns if else for while loop try catch finally throw raise yield JSON HTTP URL ID API"
).split(" "));

/** The names in a text that look like code: in code marks, in camel case or with underscores, or called. */
export function namesIn(text: string): string[] {
  const marked = [...text.matchAll(/(`+)([^`]+)\1/g)].flatMap(([, , inside]) => wordsOf(inside!));
  const bare = text.replace(/(`+)[^`]+\1/g, " ").match(/[A-Za-z_$][\w$]*(?=\(\))|\b[a-z]+[A-Z]\w*|\b[A-Z][a-z0-9]+[A-Z]\w*|\b\w+_\w+/g) ?? [];
  return [...marked, ...bare].filter((name) => name.length > 1 && !common.has(name));
}

export function isGrounded(text: string, vocabulary: ReadonlySet<string>): boolean {
  return namesIn(text).every((name) => vocabulary.has(name) || vocabulary.has(name.replace(/s$/, "")));
}

export interface GroundedStream {
  /** More of the answer; what may be shown of it comes out of `onText`. */
  add(text: string): void;
  /** Nothing more comes. */
  finish(): void;
  /** Sentences that were kept back. */
  readonly dropped: number;
}

/** Hands on an answer sentence by sentence, without fenced code, without thoughts, and without what is not grounded. */
export function groundedStream(vocabulary: ReadonlySet<string>, onText: (text: string) => void): GroundedStream {
  let held = "";
  let fence = "";
  let thinking = false;
  let dropped = 0;
  const line = (text: string): void => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(text)?.[1];
    if (mark !== undefined && (fence === "" || mark.startsWith(fence))) fence = fence === "" ? mark : "";
    else if (fence !== "") return;
    else if (/^\s*<think>/.test(text)) thinking = true;
    else if (/<\/think>/.test(text)) thinking = false;
    else if (!thinking) sentences(text);
  };
  const sentences = (text: string): void => {
    const parts = text.match(/[^]*?[.!?](?=\s|$)\s*|[^]+$/g) ?? [];
    const kept = parts.filter((part) => isGrounded(part, vocabulary));
    dropped += parts.length - kept.length;
    if (kept.length > 0 || parts.length === 0) onText(kept.join(""));
  };
  return {
    add(text) {
      held += text;
      for (let end = held.indexOf("\n"); end !== -1; end = held.indexOf("\n")) {
        line(held.slice(0, end));
        if (fence === "" && !thinking) onText("\n");
        held = held.slice(end + 1);
      }
      // Within a line a sentence is complete when the next one has begun.
      const sentence = /^[^]*[.!?]\s+(?=\S)/.exec(held)?.[0];
      if (sentence === undefined || fence !== "" || thinking || /^\s*(`{3}|~{3}|<think)/.test(held)) return;
      sentences(sentence);
      held = held.slice(sentence.length);
    },
    finish() {
      if (held !== "") line(held);
      held = "";
    },
    get dropped() { return dropped; },
  };
}
