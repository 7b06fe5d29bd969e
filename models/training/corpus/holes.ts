// Chooses what a sample leaves out: the rest of a line as a person would ask for it, a syntax node, or any span. Pure functions of
// a text, its nodes and a source of random numbers.
import type { Node } from "web-tree-sitter";

/** What is to be filled in: UTF-16 offsets into the whole text. */
export interface Hole {
  kind: "line" | "node" | "span";
  start: number;
  end: number;
}

export type Random = () => number;

/** About 64 to 96 tokens. */
const longest = 260;

const pick = <T>(items: readonly T[], random: Random): T | undefined => items[Math.floor(random() * items.length)];

/** 45 % rest of a line, 35 % syntax nodes, 20 % spans; undefined where the text has no such place. */
export function chooseHole(text: string, nodes: NodesByClass, random: Random): Hole | undefined {
  const draw = random();
  const hole = draw < 0.45 ? lineHole(text, random) : draw < 0.8 ? nodeHole(text, nodes, random) : spanHole(text, random);
  return hole && { ...hole, start: onCharacter(text, hole.start), end: onCharacter(text, hole.end) };
}

/** Never between the two halves of a surrogate pair. */
function onCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

export function lineHole(text: string, random: Random): Hole | undefined {
  for (let attempt = 0; attempt < 20; attempt++) {
    const at = Math.floor(random() * text.length);
    const lineStart = text.lastIndexOf("\n", at - 1) + 1;
    const lineEnd = text.indexOf("\n", lineStart) < 0 ? text.length : text.indexOf("\n", lineStart);
    const line = text.slice(lineStart, lineEnd).trimEnd();
    const code = line.search(/\S/);
    if (code < 0 || line.length - code > longest) continue;
    if (/^(\/\/|\/?\*|#)/.test(line.slice(code)) && random() < 0.7) continue; // prose is not what people come for
    const column = chooseColumn(line, code, random);
    // Editors close brackets and quotes as they are opened: then the closing ones stand behind the cursor already.
    const closers = /[)\]}>;,'"`]*$/.exec(line)![0].length;
    const end = random() < 0.25 && line.length - closers > column ? line.length - closers : line.length;
    return { kind: "line", start: lineStart + column, end: lineStart + end };
  }
  return undefined;
}

/** Where a person stops to look: at the start of the code, behind a word, dot or bracket; sometimes anywhere; seldom at the end. */
function chooseColumn(line: string, code: number, random: Random): number {
  const draw = random();
  if (draw < 0.3) return code;
  if (draw < 0.65) {
    const stops = [...line.slice(0, -1).matchAll(/[\w$]+\b|[.([{=:,"'`]\s?/g)].map((match) => match.index + match[0].length);
    return pick(stops.filter((stop) => stop > code), random) ?? code;
  }
  return draw < 0.97 ? code + Math.floor(random() * (line.length - code)) : line.length;
}

const classes = {
  call: ["call_expression", "new_expression", "call"],
  arguments: ["arguments", "argument_list", "formal_parameters", "parameters"],
  expression: ["binary_expression", "member_expression", "object", "array", "arrow_function", "template_string", "ternary_expression", "await_expression",
    "jsx_element", "jsx_self_closing_element", "binary_operator", "comparison_operator", "boolean_operator", "attribute", "list_comprehension", "dictionary", "list", "lambda", "type_annotation"],
  statement: ["expression_statement", "return_statement", "lexical_declaration", "if_statement", "for_statement", "throw_statement", "raise_statement", "for_in_statement",
    "public_field_definition", "property_signature", "import_statement", "import_from_statement", "with_statement", "assert_statement", "export_statement", "type_alias_declaration"],
  block: ["statement_block", "block", "class_body", "object_type", "interface_body"],
} as const;

export type NodesByClass = readonly { start: number; end: number; delimited: boolean }[][];

/** The nodes worth leaving out, by class, so that the many calls do not drown the few blocks. */
export function nodesByClass(root: Node): NodesByClass {
  return Object.values(classes).map((types) => root.descendantsOfType([...types])
    .filter((node) => node.endIndex - node.startIndex >= 4 && node.endIndex - node.startIndex <= longest)
    .map((node) => ({ start: node.startIndex, end: node.endIndex, delimited: /[([{]/.test(node.child(0)?.type ?? "") })));
}

function nodeHole(text: string, nodes: NodesByClass, random: Random): Hole | undefined {
  const node = pick(pick(nodes.filter((group) => group.length > 0), random) ?? [], random);
  if (!node) return undefined;
  if (!node.delimited || random() < 0.5) return { kind: "node", start: node.start, end: node.end };
  const inside = text.slice(node.start + 1, node.end - 1).trimEnd();
  return inside === "" ? undefined : { kind: "node", start: node.start + 1, end: node.start + 1 + inside.length };
}

function spanHole(text: string, random: Random): Hole {
  const start = Math.floor(random() * text.length);
  const length = 1 + Math.min(longest, Math.floor(-40 * Math.log(1 - random())));
  return { kind: "span", start, end: Math.min(text.length, start + length) };
}
