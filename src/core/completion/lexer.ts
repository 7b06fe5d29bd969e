// Splits source text of any language into words, numbers, operators and line ends, without knowing the language. It serves
// the n-gram and counts of words; whoever needs the real structure of a file uses the syntax trees.

export interface CodeToken {
  /** White space before the token on the same line. */
  space: string;
  /** The token itself; a line end is `"\n"`. */
  text: string;
}

const pattern =
  /([^\S\n]*)(?:(\n)|([\p{L}\p{N}_$]+|===|!==|=>|->|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|[-+*/%|&]=|\*\*|::|:=|\/\/|\/\*|\*\/|"""|\.\.\.|[^\s]))/gu;

/** White space at the very end of the text belongs to no token and is left out. */
export function lex(text: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  for (const match of text.matchAll(pattern)) {
    tokens.push({ space: match[2] ? "" : match[1]!, text: match[2] ?? match[3]! });
  }
  return tokens;
}

export function isWord(text: string): boolean {
  return /^[\p{L}\p{N}_$]/u.test(text);
}
