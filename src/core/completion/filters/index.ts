// What the model said, on its way to the screen: small pure functions in a fixed order, each of which may change or drop it.
import type { SourceDocument } from "../../context/context.js";
import type { Decoded } from "../decode.js";
import type { Verdict } from "../request.js";

export function applyFilters(_document: SourceDocument, offset: number, decoded: Decoded): Verdict {
  const text = decoded.text.trimEnd();
  if (text === "") return { keep: false, reason: "no-suggestion" };
  return { keep: true, item: { text, range: [offset, offset] } };
}
