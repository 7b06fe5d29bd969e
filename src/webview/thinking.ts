// Some models think aloud before they answer, between <think> and </think>. Splits the stream into the two parts.

const OPEN = "<think>";
const CLOSE = "</think>";

export interface Split {
  thought: string;
  answer: string;
}

/** Returns for each piece of the stream what of it belongs where. A tag may come in several pieces. */
export function createSplitter(): (piece: string) => Split {
  let held = "";
  let part: "start" | "thought" | "answer" = "start";
  return (piece) => {
    held += piece;
    let thought = "";
    if (part === "start") {
      const begun = held.trimStart();
      if (begun.startsWith(OPEN)) {
        part = "thought";
        held = begun.slice(OPEN.length);
      } else if (begun === "" || OPEN.startsWith(begun)) {
        return { thought: "", answer: "" };
      } else {
        part = "answer";
      }
    }
    if (part === "thought") {
      const end = held.indexOf(CLOSE);
      const known = end === -1 ? held.length - overlap(held) : end;
      thought = held.slice(0, known);
      held = held.slice(known);
      if (end === -1) return { thought, answer: "" };
      part = "answer";
      held = held.slice(CLOSE.length).trimStart();
    }
    const answer = held;
    held = "";
    return { thought, answer };
  };
}

/** How many characters at the end could be the beginning of the closing tag. */
function overlap(text: string): number {
  for (let length = Math.min(CLOSE.length - 1, text.length); length > 0; length -= 1) {
    if (CLOSE.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
