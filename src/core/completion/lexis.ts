// What comments, strings and characters look like in each language, as far as counting brackets needs it. Data only; a language
// that is not here has brackets and double quotes.

export interface Lexis {
  /** Begin a comment that ends with the line. */
  lineComments: readonly string[];
  blockComments: readonly (readonly [open: string, close: string])[];
  /** Quotes of strings that end at the latest with the line: also where they may go on, so that a missing quote harms one line only. */
  quotes: readonly string[];
  /** Quotes of strings that may go over lines. Longer ones come first. */
  longQuotes: readonly string[];
  /** A single quote is a character or a lifetime, so it opens nothing unless it closes at once. */
  characters?: boolean;
  /** Back-quoted templates with code between `${` and `}`. */
  templates?: boolean;
  /** A slash where a value is expected begins a regular expression. */
  regex?: boolean;
  /** A closing parenthesis without an opening one is normal, as in the cases of a shell script or in prose. */
  loose?: boolean;
  /** What may still follow a line that begins something, in words rather than brackets. */
  endings?: readonly string[];
}

const slashes = { lineComments: ["//"], blockComments: [["/*", "*/"]] } as const;
const script: Lexis = { ...slashes, quotes: ['"', "'"], longQuotes: [], templates: true, regex: true };
const cLike: Lexis = { ...slashes, quotes: ['"'], longQuotes: [], characters: true };
const unknown: Lexis = { lineComments: [], blockComments: [], quotes: ['"'], longQuotes: [], loose: true };

const byLanguage: Readonly<Record<string, Lexis>> = {
  typescript: script, typescriptreact: script, javascript: script, javascriptreact: script,
  java: { ...cLike, longQuotes: ['"""'] },
  csharp: { ...cLike, longQuotes: ['"""'] },
  c: cLike, cpp: cLike, rust: cLike,
  go: { ...cLike, longQuotes: ["`"] },
  python: { lineComments: ["#"], blockComments: [], quotes: ['"', "'"], longQuotes: ['"""', "'''"], endings: [" pass", "\n\tpass", " = 0"] },
  ruby: { lineComments: ["#"], blockComments: [], quotes: ['"', "'", "`"], longQuotes: [], endings: ["\nend", "\nend\nend"] },
  php: { lineComments: ["//", "#"], blockComments: [["/*", "*/"]], quotes: ['"', "'"], longQuotes: [] },
  shellscript: { lineComments: ["#"], blockComments: [], quotes: ['"', "'"], longQuotes: [], loose: true, endings: ["\nfi", "; then :; fi", "\n:; fi", "\ndone", "; do :; done", "\n:; done", "\n;;\nesac"] },
  css: { lineComments: [], blockComments: [["/*", "*/"]], quotes: ['"', "'"], longQuotes: [] },
  scss: { ...slashes, quotes: ['"', "'"], longQuotes: [] },
  less: { ...slashes, quotes: ['"', "'"], longQuotes: [] },
  kotlin: { ...cLike, longQuotes: ['"""'] },
  swift: { ...slashes, quotes: ['"'], longQuotes: ['"""'] },
  yaml: { lineComments: ["#"], blockComments: [], quotes: ['"', "'"], longQuotes: [] },
  json: { ...slashes, quotes: ['"'], longQuotes: [] },
  jsonc: { ...slashes, quotes: ['"'], longQuotes: [] },
};

export function lexisOf(languageId: string): Lexis {
  return byLanguage[languageId] ?? unknown;
}
