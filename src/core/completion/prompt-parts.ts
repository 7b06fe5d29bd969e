// What a prompt was made of, for people who ask why a suggestion is as it is: kinds and tokens, and no text. Pure.
import type { PromptPart } from "../../protocol/completion.js";
import type { ComposedContext } from "../context/context.js";
import type { Piece } from "./fim.js";

/** A piece of a prompt with the number of its tokens. */
export interface CountedPiece {
  piece: Piece;
  tokens: number;
}

/** In the prompt's order. Where several pieces belong to one part, such as the path and the text of a file, they count together. */
export function partsOf(context: ComposedContext, pieces: readonly CountedPiece[]): PromptPart[] {
  const parts: PromptPart[] = [];
  const add = (part: PromptPart): void => {
    const same = parts.find(({ kind, path }) => kind === part.kind && path === part.path);
    if (same) same.tokens += part.tokens;
    else if (part.tokens > 0) parts.push(part);
  };
  for (const { piece, tokens } of pieces) {
    if ("marker" in piece || piece.of === "path") add({ kind: "markers", tokens });
    else if (piece.of === "suffix") add({ kind: "suffix", tokens });
    else if (piece.of === "prefix") shareOut(context, tokens).forEach(add);
    else add({ kind: "neighbour", path: context.neighbours[piece.of]?.path ?? "", tokens });
  }
  return parts;
}

/** Outline and window are one text to the tokenizer, so their tokens are shared out by length; nothing is lost in rounding. */
function shareOut({ outline, prefix, parts }: ComposedContext, tokens: number): PromptPart[] {
  const folded = outline === "" ? [] : parts.filter(({ kind }) => kind !== "neighbour" && kind !== "window" && kind !== "suffix");
  const shares = [...folded, { kind: "window" as const, chars: prefix.length }].filter(({ chars }) => chars > 0);
  const total = shares.reduce((sum, { chars }) => sum + chars, 0);
  let [passed, given] = [0, 0];
  return shares.map(({ kind, chars }) => {
    passed += chars;
    const upTo = Math.round((tokens * passed) / total);
    const part = { kind, tokens: upTo - given };
    given = upTo;
    return part;
  });
}
