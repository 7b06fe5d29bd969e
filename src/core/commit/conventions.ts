// Data about conventions: which words mean which type, which emoji stands for it.
import type { CommitType } from "./fact.js";

interface Alias {
  /** Words that mean this type, in small letters. */
  words: readonly string[];
  /** Types that a repository without this one uses for the same. */
  instead: readonly CommitType[];
  emoji: readonly [unicode: string, shortcode: string];
}

export const aliases: Readonly<Record<CommitType, Alias>> = {
  feat: { words: ["feat", "enh", "feature", "features", "add", "new", "enhancement", "imp", "improve", "improvement", "api"], instead: [], emoji: ["✨", ":sparkles:"] },
  fix: { words: ["fix", "bug", "bugfix", "hotfix", "fixes", "fixed", "sec", "security"], instead: [], emoji: ["🐛", ":bug:"] },
  perf: { words: ["perf", "performance", "speed", "opt", "optimize"], instead: ["refactor", "fix"], emoji: ["⚡️", ":zap:"] },
  refactor: { words: ["refactor", "ref", "refact", "cln", "cleanup", "clean", "rework", "rem", "mov", "move"], instead: ["chore"], emoji: ["♻️", ":recycle:"] },
  docs: { words: ["docs", "doc", "documentation"], instead: ["chore"], emoji: ["📝", ":memo:"] },
  test: { words: ["test", "tst", "tests", "testing"], instead: ["chore"], emoji: ["✅", ":white_check_mark:"] },
  build: { words: ["build", "bld", "deps", "dep", "dependencies"], instead: ["chore"], emoji: ["⬆️", ":arrow_up:"] },
  ci: { words: ["ci"], instead: ["build", "chore"], emoji: ["👷", ":construction_worker:"] },
  style: { words: ["style", "sty", "format", "lint", "fmt"], instead: ["chore", "refactor"], emoji: ["🎨", ":art:"] },
  chore: { words: ["chore", "maint", "misc", "mnt", "maintenance", "infra", "tooling", "config", "tool", "tag", "rel", "release"], instead: ["build", "refactor"], emoji: ["🔧", ":wrench:"] },
};

export function typeOf(word: string): CommitType | undefined {
  const small = word.toLowerCase();
  return (Object.keys(aliases) as CommitType[]).find((type) => aliases[type].words.includes(small));
}

export function emojiOf(type: CommitType, kind: "unicode" | "shortcode"): string {
  return aliases[type].emoji[kind === "unicode" ? 0 : 1];
}
