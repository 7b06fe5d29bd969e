// Sentences that a subject can be, per language of the history, in the imperative. `{0}` and so on are names from the diff.

export const phraseKeys = [
  "add", "addWith", "addTo", "addParameter", "addProp", "addOption", "remove", "removeFrom", "removeParameter", "rename", "move", "extract", "inline",
  "handleMissing", "handleEmpty", "handleErrors", "reject", "check", "await", "close", "lock", "overflow", "escape", "quote", "bounds", "pattern",
  "use", "useInstead", "cache", "log", "removeDebug", "typo", "reword", "change", "changeIn", "update", "supportIn", "asyncAwait", "simplify", "typeHints",
  "document", "addSection", "format", "addTests", "updateTests", "bump", "bumpAll", "release", "first", "executable", "notExecutable", "regenerate", "set", "setIn", "ignore", "translate",
] as const;
export type PhraseKey = (typeof phraseKeys)[number];
export type Phrases = Readonly<Record<PhraseKey, string>>;

export const english: Phrases = {
  add: "add {0}", addWith: "add {0} with {1}", addTo: "add {0} to {1}", addParameter: "add {0} parameter to {1}", addOption: "add {0} option", addProp: "add {0} prop to {1}",
  remove: "remove {0}", removeFrom: "remove {0} from {1}", removeParameter: "remove {0} parameter from {1}",
  rename: "rename {0} to {1}", move: "move {0} to {1}", extract: "extract {0} from {1}", inline: "inline {0} into {1}",
  handleMissing: "handle missing {0} in {1}", handleEmpty: "handle empty {0} in {1}", handleErrors: "handle errors in {0}", reject: "reject invalid {0} in {1}", check: "check {0} in {1}",
  await: "await {0} in {1}", close: "close {0} in {1}", lock: "lock {0} in {1}", overflow: "check for overflow in {0}", escape: "escape output in {0}",
  quote: "quote variables in {0}", bounds: "correct the bounds in {0}", pattern: "correct the pattern in {0}",
  use: "use {0} in {1}", useInstead: "use {0} instead of {1} in {2}", cache: "cache results of {0}", log: "add logging to {0}", removeDebug: "remove debug output from {0}",
  typo: "correct a typo in {0}", reword: "reword a message in {0}", change: "change {0} from {1} to {2}", changeIn: "change {0} to {1} in {2}", update: "update {0}",
  supportIn: "support {0} in {1}", asyncAwait: "use async/await in {0}", simplify: "simplify {0}", typeHints: "add type annotations to {0}",
  document: "describe {0}", addSection: "add \"{0}\" to {1}", format: "format {0}", addTests: "add tests for {0}", updateTests: "update tests for {0}",
  bump: "bump {0} from {1} to {2}", bumpAll: "bump {0}", release: "release {0}", first: "initial commit", executable: "make {0} executable", notExecutable: "make {0} not executable",
  regenerate: "regenerate {0}", set: "set {0} to {1} in {2}", setIn: "set {0} in {1}", ignore: "ignore {0}", translate: "add {0} translation",
};

/** The phrase with its names in it. */
export function say(phrases: Phrases, key: PhraseKey, args: readonly string[]): string {
  return phrases[key].replace(/\{(\d)\}/g, (_, index: string) => args[Number(index)] ?? "");
}

/** `a`, `a and b`, `a, b and c`, `a, b and 3 more`. */
export function list(names: readonly string[], { and, more }: { and: string; more: string }, most = 3): string {
  if (names.length <= 1) return names[0] ?? "";
  if (names.length <= most) return `${names.slice(0, -1).join(", ")} ${and} ${names.at(-1)!}`;
  return `${names.slice(0, most - 1).join(", ")} ${and} ${names.length - most + 1} ${more}`;
}
