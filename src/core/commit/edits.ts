// What was done inside a symbol that is otherwise still the same: rules that look at the tokens that went and the tokens that came.
// The rules are data and the first one that fits speaks; what none of them knows is called an update.
import { diff, type Hunk } from "./diff.js";
import type { CommitType } from "./fact.js";
import type { PhraseKey } from "./phrases.js";
import { rules } from "./edit-rules.js";
import type { Piece } from "./versions.js";

/** What a rule sees of a symbol. */
export interface Delta {
  name: string;
  languageId: string;
  kind: Piece["symbol"]["kind"];
  hunks: Hunk<string>[];
  removed: string[];
  added: string[];
  /** The same, joined by blanks and with blanks around, for patterns; hunks are apart by a line break. */
  went: string;
  came: string;
  before: string[];
  after: string[];
}

export interface Edit {
  phrase: PhraseKey;
  args: string[];
  type: CommitType;
  /** How much it says; an `update` says least. */
  weight: number;
}

export interface EditRule {
  /** For tests and for whoever reads the table. */
  id: string;
  type: CommitType;
  phrase: PhraseKey;
  weight?: number;
  /** The phrase's arguments, or undefined where the rule does not fit. */
  fits(delta: Delta): string[] | undefined;
}

export function deltaOf(name: string, kind: Piece["symbol"]["kind"], languageId: string, before: string[], after: string[]): Delta {
  const hunks = diff(before, after);
  const join = (lists: readonly (readonly string[])[]): string => lists.map((list) => ` ${list.join(" ")} `).join("\n");
  return {
    name, kind, languageId, hunks, before, after, removed: hunks.flatMap((hunk) => hunk.removed), added: hunks.flatMap((hunk) => hunk.added),
    went: join(hunks.map((hunk) => hunk.removed)), came: join(hunks.map((hunk) => hunk.added)),
  };
}

export function explain(delta: Delta): Edit {
  for (const rule of rules) {
    const args = rule.fits(delta);
    if (args) return { phrase: rule.phrase, args, type: rule.type, weight: rule.weight ?? 60 };
  }
  return { phrase: "update", args: [delta.name], type: typeBySize(delta), weight: 30 };
}

/** Much new is a feature, about as much as before is a rewrite, and something small is a correction. */
function typeBySize({ added, removed, before }: Delta): CommitType {
  if (added.length - removed.length > Math.max(60, before.length / 2)) return "feat";
  if (removed.length > 25 && added.length < removed.length * 1.3) return "refactor";
  return "fix";
}
