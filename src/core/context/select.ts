// Which definitions are worth their characters when not all of them fit: what is named near the cursor, then what belongs to
// the same class, then what is nearest. Every rule is in steps, so that typing does not change the choice.
import type { Definition } from "../syntax/outline.js";
import { closing, folded, opening, type Source } from "./fold.js";
import { type Surroundings, wordsOf } from "./words.js";

export interface Candidate {
  definition: Definition;
  /** What it is a member of, outermost first, as far as that has to be written too. */
  parents: readonly Definition[];
  /** It belongs to something that the cursor is in. */
  ofScope: boolean;
  /** A function's own declaration: of interest only when it is named. */
  local: boolean;
  /** 0 for the nearest one, counted in definitions. */
  distance: number;
}

export interface Chosen {
  /** Definition to whether it was chosen because something names it. */
  named: ReadonlyMap<Definition, boolean>;
  chars: number;
}

const weights = { near: 6, inWindow: 3, ofScope: 2, parentNamed: 1, memberElsewhere: -2 };

export function choose(candidates: readonly Candidate[], words: Surroundings, source: Source, room: number): Chosen {
  const scored = score(candidates, words, source);
  const named = new Map<Definition, boolean>();
  const opened = new Set<Definition>();
  let chars = 0;
  for (const { candidate, value } of scored) {
    const { definition, parents } = candidate;
    const missing = parents.filter(parent => !opened.has(parent));
    const cost = folded(definition, source).length
      + missing.reduce((sum, parent) => sum + opening(parent, source).length + closing(parent, source).length, 0);
    if (chars + cost > room) continue;
    chars += cost;
    for (const parent of missing) opened.add(parent);
    named.set(definition, value >= weights.inWindow);
  }
  return { named, chars };
}

interface Scored {
  candidate: Candidate;
  value: number;
}

function score(candidates: readonly Candidate[], words: Surroundings, source: Source): Scored[] {
  const types = new Set<string>();
  const scored = candidates.map(candidate => ({ candidate, value: valueOf(candidate, words) }));
  for (const { candidate, value } of scored) {
    if (value >= weights.near) for (const word of wordsOf(folded(candidate.definition, source))) types.add(word);
  }
  for (const entry of scored) {
    // What the signature of something near names (a parameter's type, say) is nearly as good.
    if (entry.value < weights.inWindow && types.has(entry.candidate.definition.name)) entry.value += weights.inWindow;
  }
  return scored
    .filter(({ candidate, value }) => !candidate.local || value >= weights.inWindow)
    .sort((a, b) => b.value - a.value || a.candidate.distance - b.candidate.distance);
}

function valueOf({ definition, parents, ofScope }: Candidate, { near, inWindow }: Surroundings): number {
  const names = wordsOf(definition.name);
  const parent = parents.at(-1);
  let value = names.some(name => near.has(name)) ? weights.near : names.some(name => inWindow.has(name)) ? weights.inWindow : 0;
  if (ofScope) value += weights.ofScope;
  else if (parent !== undefined) value += inWindow.has(parent.name) ? weights.parentNamed : weights.memberElsewhere;
  return value;
}
