// How code from an answer has to be written where it goes: as deep as its surroundings, with their kind of white space, on lines of its own.
// Knows lines of text only, nothing of VS Code.

export interface Place {
  lines: readonly string[];
  /** Counted from 0; end is start where nothing is selected. */
  start: { line: number; character: number };
  end: { line: number; character: number };
  /** One step of indentation in this file. */
  step: string;
}

/** The text that replaces the selection. */
export function fitted(code: string, place: Place): string {
  const { lines, start, end, step } = place;
  const own = withoutCommonIndent(code.replace(/^\s*\n|\s+$/g, ""), step);
  const line = lines[start.line] ?? "";
  const before = line.slice(0, start.character);
  const after = (lines[end.line] ?? "").slice(end.character);
  const isSelection = start.line !== end.line || start.character !== end.character;
  const indent = before.trim() !== "" ? indentOf(line) : before !== "" ? before : depthAt(place, isSelection);
  const text = own.map((piece, index) => (piece === "" || (index === 0 && before !== "") ? piece : indent + piece)).join("\n");
  if (before.trim() !== "" || after.trim() === "" && !isSelection) return text;
  if (isSelection) return end.character === 0 ? `${text}\n` : text;
  // What follows goes on in a line of its own.
  return own.length > 1 || before === "" ? `${text}\n${before}` : text;
}

/** Lines as deep as each other, the shallowest not at all, their steps in the file's white space. */
function withoutCommonIndent(code: string, step: string): string[] {
  const lines = code.split("\n").map((line) => line.trimEnd());
  const indents = lines.filter((line) => line !== "").map((line) => /^\s*/.exec(line)![0]);
  const common = Math.min(...indents.map(({ length }) => length));
  return lines.map((line) => {
    const indent = /^\s*/.exec(line)![0];
    return translated(indent.slice(common), indents, step) + line.slice(indent.length);
  });
}

function translated(indent: string, all: readonly string[], step: string): string {
  if (indent === "" || indent.startsWith("\t") === step.startsWith("\t")) return indent;
  if (indent.startsWith("\t")) return indent.replaceAll("\t", step);
  const widths = all.map(({ length }) => length);
  const least = Math.min(...widths);
  const unit = Math.min(...widths.map((width) => width - least).filter((width) => width > 0));
  return step.repeat(Math.floor(indent.length / unit)) + " ".repeat(indent.length % unit);
}

/** How deep a line at this place is, from the lines around it. */
function depthAt({ lines, start, step }: Place, isSelection: boolean): string {
  const here = lines[start.line] ?? "";
  if (here.trim() !== "") return indentOf(here);
  if (isSelection) {
    const selected = lines.slice(start.line).find((line) => line.trim() !== "");
    if (selected !== undefined) return indentOf(selected);
  }
  const above = lines.slice(0, start.line).findLast((line) => line.trim() !== "");
  const below = lines.slice(start.line + 1).find((line) => line.trim() !== "");
  if (above !== undefined && /[{([:]\s*(\/\/.*|#.*)?$/.test(above)) return indentOf(above) + step;
  if (below === undefined) return "";
  if (!/^\s*([})\]]|end\b)/.test(below)) return indentOf(below);
  const inside = indentOf(below) + step;
  return above !== undefined && indentOf(above).length > indentOf(below).length && indentOf(above).length < inside.length ? indentOf(above) : inside;
}

const indentOf = (line: string): string => /^\s*/.exec(line)![0];
