// The names of a function's parameters, from the tokens of its signature.

/** In order; the fields of a destructured parameter count as parameters. */
export function parametersOf(signature: readonly string[], name: string, languageId: string): string[] {
  const receiver = languageId === "go" && signature[1] === "(" ? signature.indexOf(")") : -1;
  const from = Math.max(receiver, signature.indexOf(name), 0);
  const open = signature.indexOf("(", from);
  if (open === -1) return [];
  const parameters: string[] = [];
  let part: string[] = [];
  let depth = 0;
  for (const text of signature.slice(open + 1)) {
    if (/^[([{<]$/.test(text)) depth += 1;
    if (/^[)\]}>]$/.test(text)) depth -= 1;
    if (depth < 0) break;
    if (text === "," && depth === 0) {
      parameters.push(...namesIn(part, languageId));
      part = [];
    } else part.push(text);
  }
  return [...parameters, ...namesIn(part, languageId)];
}

/** Languages that write the type first. */
const typeFirst = /^(java|c|cpp|csharp|php)$/;

function namesIn(part: readonly string[], languageId: string): string[] {
  if (part.length === 0) return [];
  const isName = (text: string): boolean => /^[$@&*]*[\p{L}_][\p{L}\p{N}_$]*$/u.test(text);
  if (part[0] === "{") {
    const end = part.indexOf("}");
    return splitFields(part.slice(1, end === -1 ? undefined : end)).flatMap((field) => (field[0] !== undefined && isName(field[0]) ? [field[0]] : []));
  }
  const beforeDefault = part.includes("=") ? part.slice(0, part.indexOf("=")) : part;
  const words = beforeDefault.filter((text) => isName(text) && !/^(public|private|protected|readonly|final|const|mut|ref|out|in|this|params|static|async|override|self)$/.test(text));
  const chosen = typeFirst.test(languageId) ? words.at(-1) : words[0];
  return chosen === undefined || /^(self|cls|void)$/.test(chosen) ? [] : [chosen.replace(/^[*&]+/, "")];
}

function splitFields(tokens: readonly string[]): string[][] {
  const fields: string[][] = [[]];
  let depth = 0;
  for (const text of tokens) {
    if (/^[([{]$/.test(text)) depth += 1;
    if (/^[)\]}]$/.test(text)) depth -= 1;
    if (text === "," && depth === 0) fields.push([]);
    else fields.at(-1)!.push(text);
  }
  return fields;
}
