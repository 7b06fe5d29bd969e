// White space that nobody asked for: at the end always, and a line break at the start unless the rest of the line is free.
import type { Filter } from "./filter.js";

export const trim: Filter = (suggestion, { lineBefore, lineAfter }) => {
  const text = suggestion.text.replace(/\s+$/u, "").replaceAll("\r", "");
  if (text === "") return "no-suggestion";
  const startsBelow = /^\s*\n/.test(text);
  if (startsBelow && (lineAfter.trim() !== "" || lineBefore.trim() === "")) return "no-suggestion";
  return { ...suggestion, text };
};
