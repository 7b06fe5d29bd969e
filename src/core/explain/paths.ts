// Dotted names in expressions: `this.items`, `fmt.Errorf`, `Token::Number`, `parts[].name`. Knows trees through a language's table only.
import type { Node } from "web-tree-sitter";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { fieldNode } from "./nodes.js";

export interface Path {
  /** As it is shown; begins with `.` where it continues another expression. */
  text: string;
  /** Its names, without subscripts. Empty at the front where it continues another expression. */
  names: string[];
  /** Whether the first name is the object itself. */
  own: boolean;
  /** What stands in front of the path and inside of its subscripts, to be looked at by itself. */
  rest: Node[];
}

/** Undefined for an expression that is no name. */
export function pathOf(node: Node, grammar: ExplainGrammar, selfNames: readonly string[] = grammar.self): Path | undefined {
  const again = (inner: Node) => pathOf(inner, grammar, selfNames);
  if (selfNames.includes(node.text) && (node.namedChildCount === 0 || grammar.names.includes(node.type))) return { text: node.text, names: [node.text], own: true, rest: [] };
  if (grammar.ownNames?.includes(node.type) === true) return { text: node.text, names: ["", node.text], own: true, rest: [] };
  if (grammar.names.includes(node.type) || isBareType(node)) return { text: node.text, names: [node.text], own: false, rest: [] };
  const member = grammar.members[node.type];
  if (member !== undefined) return memberPath(node, member, again);
  const subscript = grammar.subscripts[node.type];
  if (subscript !== undefined) {
    const object = fieldNode(node, subscript) ?? node.namedChild(0);
    const path = object === null ? undefined : again(object);
    const indexes = node.namedChildren.filter((child) => child.id !== object?.id);
    return path && { ...path, text: `${path.text}[]`, rest: [...path.rest, ...indexes] };
  }
  if (grammar.transparent.includes(node.type) && node.namedChildCount >= 1) return again(node.namedChildren.at(-1)!);
  return undefined;
}

/** `double` in `double.MinValue` is a type, but stands where names stand. */
function isBareType(node: Node): boolean {
  return (node.type === "predefined_type" || node.type === "type_identifier" || node.type === "primitive_type") && node.namedChildCount === 0;
}

function memberPath(node: Node, [objectField, propertyField]: readonly [string, string], again: (inner: Node) => Path | undefined): Path | undefined {
  const object = objectField === "" ? null : fieldNode(node, objectField);
  const last = propertyField === "" ? node.namedChildren.at(-1) : fieldNode(node, propertyField);
  const property = last?.childForFieldName("name") ?? last;
  if (property === null || property === undefined || (propertyField === "" && property.id === last?.id)) return undefined;
  const name = withoutGenerics(property.text);
  if (object === null) return { text: `.${name}`, names: ["", name], own: false, rest: [] };
  const sign = /::|->/.exec(node.text.slice(object.endIndex - node.startIndex, property.startIndex - node.startIndex))?.[0] ?? ".";
  const front = again(object);
  if (front === undefined) return { text: `${sign}${name}`, names: ["", name], own: false, rest: [object] };
  return { ...front, text: `${front.text}${sign}${name}`, names: [...front.names, name] };
}

export function withoutGenerics(text: string): string {
  return text.replace(/(::)?<[^]*>$/, "").trim();
}
