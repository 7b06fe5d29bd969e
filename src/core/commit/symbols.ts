// What a text declares, as flat values that two versions of a file can be compared by: from the syntax tree where there is a grammar,
// from declaration keywords and indentation where there is none.
import type { LanguageData } from "../syntax/languages.js";
import type { Definition, Outline, Span } from "../syntax/outline.js";

export interface Symbol extends Span {
  /** As one would say it: `push`, without parameters. */
  name: string;
  /** Class, receiver, namespace it is a member of; empty at the top. */
  owner: string;
  kind: "type" | "function" | "value" | "member";
  /** Meant for others, as far as the language tells. */
  exported: boolean;
  /** What follows the signature; absent where the signature is all. */
  body?: Span;
  /** Its members are symbols of their own, so its body is not compared as a whole. */
  hasMembers: boolean;
}

export function symbolsOf(text: string, language: LanguageData | undefined, outline: Outline | undefined): Symbol[] {
  if (!outline || !language) return symbolsByText(text);
  const symbols: Symbol[] = [];
  const visit = (definitions: readonly Definition[], owner: string, ownerExported: boolean): void => {
    for (const definition of definitions) {
      const symbol = toSymbol(definition, text, language, owner, ownerExported);
      if (!symbol) continue;
      symbols.push(symbol);
      const inside = definition.hasMembers && language.ids[0] !== "css";
      if (inside) visit(definition.children, isNamespace(definition, text) ? owner : symbol.name, symbol.exported || ownerExported);
    }
  };
  visit(outline.definitions, "", false);
  return symbols;
}

function toSymbol(definition: Definition, text: string, language: LanguageData, owner: string, ownerExported: boolean): Symbol | undefined {
  const { start, end, body } = definition;
  const header = text.slice(start, body?.start ?? end);
  const receiver = language.ids[0] === "go" ? /^func\s*\(\s*\w*\s*\*?\s*(\w+)/.exec(header)?.[1] : undefined;
  const [qualifier, name] = cleanName(definition.name, language.ids[0]);
  if (name === "") return undefined;
  const hasMembers = definition.hasMembers && definition.children.length > 0;
  return {
    start, end, name, owner: receiver ?? (qualifier || owner), hasMembers, ...body && { body },
    kind: kindOf(definition, header, owner, text, /^c(pp)?$/.test(language.ids[0])), exported: isExported(name, header, language.ids[0], owner, ownerExported),
  };
}

/** The declarator of C and C++ comes with stars and parameters, a media query with its block. */
function cleanName(written: string, languageId: string): [qualifier: string, name: string] {
  if (languageId === "css") return ["", written.replace(/\{[\s\S]*/, "").replace(/\s+/g, " ").trim()];
  if (languageId !== "c" && languageId !== "cpp") return ["", /^[\w$.@#!?'\p{L}]+$/u.test(written) ? written : /^(?:[\w.]+::)*(\w+)</.exec(written)?.[1] ?? ""];
  const plain = written.replace(/[([{=][\s\S]*/, "").replace(/[*&\s]+/g, " ").trim();
  const parts = (plain.split(" ").at(-1) ?? "").split("::");
  return [parts.slice(0, -1).at(-1) ?? "", parts.at(-1) ?? ""];
}

const typeWords = /\b(class|interface|struct|enum|trait|type|union|record|protocol|object|message|service|module|namespace|mod|impl)\b/;

function kindOf({ body, hasMembers }: Definition, header: string, owner: string, text: string, isC: boolean): Symbol["kind"] {
  const calls = /[(]/.test(header.replace(/^\s*@[^\n]*\n/gm, ""));
  if (isC && /\w\s*\(/.test(header)) return "function";
  if (typeWords.test(header.replace(/\([\s\S]*/, "").replace(/["'`][\s\S]*/, "")) && !/=\s*$/.test(header)) return "type";
  if (hasMembers) return "type";
  const arrow = /=>\s*$/.test(header) || (body !== undefined && /^\s*(async\s*)?(\([^)]*\)|\w+)\s*(:[^=]*)?=>/.test(text.slice(body.start, body.start + 200)));
  if (calls && (body !== undefined || /[);]\s*$|\)\s*:|\)\s*->/.test(header)) || arrow || /^\s*(async\s+)?(def|fn|func|fun|function|sub)\b/.test(header)) return "function";
  return owner === "" ? "value" : "member";
}

const isNamespace = (definition: Definition, text: string): boolean => /^\s*(namespace|mod|module|package)\b/.test(text.slice(definition.start, definition.start + 20));

function isExported(name: string, header: string, languageId: string, owner: string, ownerExported: boolean): boolean {
  switch (languageId) {
    case "typescript": case "typescriptreact": case "javascript":
      return owner === "" ? /\bexport\b/.test(header) : ownerExported && !/^\s*(private|protected)\b|^#/.test(header);
    case "go": return /^\p{Lu}/u.test(name);
    case "rust": return /\bpub\b/.test(header) || (owner !== "" && ownerExported && /^\s*\w+\s*[({,]?/.test(header) && !/\bfn\b/.test(header));
    case "python": return !name.startsWith("_") && (owner === "" || ownerExported);
    case "java": case "csharp": return /\bpublic\b|\bprotected\b/.test(header) || !/\bprivate\b|\binternal\b/.test(header) && owner === "";
    case "php": return !/\b(private|protected)\b/.test(header);
    case "c": case "cpp": return !/^\s*static\b/.test(header);
    default: return !name.startsWith("_");
  }
}

const declaration = new RegExp([
  "(?<indent>^[ \\t]*)(?:(?:export|public|private|protected|internal|open|override|abstract|final|static|sealed|data|inline|suspend|async|pub|default|local|create|or|replace|unique)\\s+)*",
  "(?<word>fun|func|function|fn|def|class|struct|enum|interface|message|service|rpc|trait|protocol|extension|object|module|sub|proc|procedure|table|view|index|input|scalar|model|resource|defmodule|defp)\\s+",
  "(?:if\\s+not\\s+exists\\s+)?[\"`\\[]?(?<name>[\\w.$]+[!?]?)",
].join(""), "gimu");
const field = /^(?<indent>[ \t]+)(?:(?:optional|repeated|required|val|var|let|private|public)\s+)*[\w.<>,[\]]+\s+(?<name>\w+)\s*=\s*\d+\s*;/gim;

/** A declaration lasts until the next line that is indented no deeper and is more than a closing bracket. */
function symbolsByText(text: string): Symbol[] {
  const symbols: (Symbol & { indent: number })[] = [];
  for (const match of text.matchAll(declaration)) {
    const { indent, word, name } = match.groups as { indent: string; word: string; name: string };
    const end = endOfBlock(text, match.index, indent.length);
    const isType = !/^(fun|func|function|fn|def|defp|rpc|sub|proc|procedure)$/i.test(word);
    const header = text.slice(match.index, end).search(/[{=\n]/);
    const bodyStart = header < 0 ? end : match.index + header;
    symbols.push({
      start: match.index + indent.length, end, name, owner: "", kind: isType ? "type" : "function", exported: !/\bprivate\b/.test(match[0]),
      hasMembers: isType, indent: indent.length, body: { start: bodyStart, end },
    });
  }
  for (const match of text.matchAll(field)) {
    const { indent, name } = match.groups as { indent: string; name: string };
    const start = match.index + indent.length;
    symbols.push({ start, end: match.index + match[0].length, name, owner: "", kind: "member", exported: true, hasMembers: false, indent: indent.length });
  }
  symbols.sort((a, b) => a.start - b.start);
  return symbols.map(({ indent, ...symbol }) => {
    const outer = symbols.filter((other) => other.start < symbol.start && other.end >= symbol.end && other.indent < indent).at(-1);
    return outer ? { ...symbol, owner: outer.name } : symbol;
  }).filter((symbol) => symbol.kind !== "member" || symbol.owner !== "");
}

function endOfBlock(text: string, from: number, indent: number): number {
  let at = text.indexOf("\n", from);
  while (at !== -1) {
    const line = /[^\n]*/.exec(text.slice(at + 1))![0];
    const depth = /^[ \t]*/.exec(line)![0].length;
    if (line.trim() !== "" && depth <= indent) {
      return /^\s*([}\])]|end\b)/.test(line) ? at + 1 + line.length : at;
    }
    at = text.indexOf("\n", at + 1);
  }
  return text.length;
}

/** Stands before the part of a name that suffices where there is little room. */
export const SHORT = "\u0002";

/** `Queue::push` in the way of the language. */
export function qualified({ name, owner }: Pick<Symbol, "name" | "owner">, languageId = ""): string {
  const sign = languageId === "ruby" ? "#" : /^(c|cpp|rust|php)$/.test(languageId) ? "::" : ".";
  return owner === "" ? name : `${owner}${sign}${SHORT}${name}`;
}
