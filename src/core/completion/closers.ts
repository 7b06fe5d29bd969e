// What an editor closes by itself comes and goes behind the cursor with every bracket and quote that is typed. Where the suffix is the first thing
// in a prompt, each time the whole prompt would have to be evaluated anew; so such a prompt goes without, and the filters put a suggestion
// that closes what it found open in the place of what the editor has closed. Pure.
import type { ComposedContext } from "../context/context.js";
import { closing, scan } from "./brackets.js";
import type { FimFormat } from "./fim.js";
import type { Place } from "./place.js";

/** The context without closers right of the cursor, if there is nothing else on its line and what they close was opened on it. */
export function withoutClosers(context: ComposedContext, { layout }: FimFormat, place: Place): ComposedContext {
  const { lineAfter } = place;
  const suffixFirst = layout.indexOf("{suffix}") < layout.indexOf("{prefix}");
  if (!suffixFirst || lineAfter === "" || !context.suffix.startsWith(lineAfter) || !isClosedByEditor(place)) return context;
  return { ...context, suffix: context.suffix.slice(lineAfter.length) };
}

function isClosedByEditor({ lineBefore, lineAfter, lexis, open }: Place): boolean {
  const opened = scan(lineBefore, lexis).open;
  if (opened.some((opener, i) => opener !== open[open.length - opened.length + i])) return false; // the line begins in a string
  let closers = "";
  return lineAfter.trimEnd() === "" || [...opened].reverse().some((opener) => (closers += closing(opener)) === lineAfter.trimEnd());
}
