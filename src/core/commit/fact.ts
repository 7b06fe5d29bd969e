// A fact: one thing that changed, as values that a sentence can be made of. The rest of this folder finds, ranks and says them.
import type { PhraseKey } from "./phrases.js";

export const commitTypes = ["feat", "fix", "perf", "refactor", "docs", "test", "build", "ci", "style", "chore"] as const;
export type CommitType = (typeof commitTypes)[number];

export interface Fact {
  phrase: PhraseKey;
  /** Names and values in the order in which the phrase wants them. Each of them stands in the diff. */
  args: string[];
  type: CommitType;
  /** More is more important; the first one is the subject. */
  weight: number;
  /** Files that it is about. */
  paths: string[];
  /** Sure enough that a model is not asked for another type. */
  certain?: boolean;
  /** Part of something that is a fact already: said in a body, never in a subject. */
  aside?: boolean;
}
