// Parameters of a function, and the names that they bind.
import type { Node } from "web-tree-sitter";
import { baseType } from "./definitions.js";
import type { ParameterFact } from "./facts.js";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { functionShape, oneLine } from "./nodes.js";
import { type Local, patternNames } from "./scope.js";

/** Nodes of the single parameters, without the object itself. */
function parameterNodes(node: Node, grammar: ExplainGrammar): Node[] {
  const list = listOf(node, grammar);
  if (list === null) return [];
  if (grammar.parameters[list.type] !== undefined) return [list]; // `x => …`
  return list.namedChildren.filter((child) => grammar.parameters[child.type] !== undefined && !isSelf(child, node, grammar));
}

function listOf(node: Node, grammar: ExplainGrammar): Node | null {
  const field = functionShape(node, grammar)?.parameters ?? "parameters";
  return node.childForFieldName(field) ?? node.childForFieldName("parameter") ?? node.childForFieldName("declarator")?.descendantsOfType("parameter_list")[0] ?? null;
}

function isSelf(parameter: Node, owner: Node, grammar: ExplainGrammar): boolean {
  return grammar.self.includes(parameter.text) && parameter.id === listOf(owner, grammar)?.namedChild(0)?.id;
}

export function parametersOf(node: Node, grammar: ExplainGrammar): ParameterFact[] {
  return [...parameterNodes(node, grammar).flatMap((parameter) => toFacts(parameter, grammar)), ...unwrappedRest(node, grammar)];
}

function toFacts(node: Node, grammar: ExplainGrammar): ParameterFact[] {
  const shape = grammar.parameters[node.type]!;
  const names = shape.name === undefined ? [node.namedChild(0) ?? node] : node.childrenForFieldName(shape.name);
  const type = typeText(node, shape.type, shape.rest !== undefined && shape.type === undefined);
  const value = shape.value === undefined ? trailingValue(node) : node.childForFieldName(shape.value);
  return names.map((written) => {
    const rest = shape.rest ?? restOf(written);
    return {
      name: oneLine(bareName(written, node)).replace(/^[*&\s]+|\[.*\]$/g, ""),
      ...type !== undefined && { type: `${type}${pointerMarks(written)}` },
      ...value !== null && { default: oneLine(value.text) },
      ...shape.optional === true && { optional: true },
      ...rest !== undefined && { rest },
    };
  });
}

/** C and C++ write them at the name. */
function pointerMarks(written: Node): string {
  return /^(pointer|reference)_declarator$/.test(written.type) ? ` ${/^[*&\s]+/.exec(written.text)![0].replaceAll(" ", "")}` : "";
}

function bareName(written: Node, parameter: Node): string {
  if (parameter.namedChildCount === 0 || /^(object|array|tuple)_pattern$/.test(parameter.type)) return parameter.text;
  const inner = /^(rest_pattern|list_splat_pattern|dictionary_splat_pattern)$/.test(written.type) ? written.namedChild(0) : written.childForFieldName("name");
  const name = inner ?? (parameter.type === "spread_parameter" ? parameter.descendantsOfType("identifier").at(-1) : undefined) ?? written;
  return name.text;
}

function restOf(written: Node): "positional" | "keyword" | undefined {
  if (written.type === "dictionary_splat_pattern") return "keyword";
  return written.type === "rest_pattern" || written.type === "list_splat_pattern" ? "positional" : undefined;
}

/** With what stands in front of it (`out`, `ref`), as C# has it. */
function typeText(node: Node, field: string | undefined, first: boolean): string | undefined {
  const type = field === undefined ? (first && node.namedChildCount > 1 ? node.namedChild(0) : null) : node.childForFieldName(field);
  if (type === null) return undefined;
  const before = node.namedChildren.filter((child) => child.type === "modifier" && child.endIndex <= type.startIndex).map((child) => child.text);
  return oneLine([...before, type.text.replace(/^:\s*/, "")].join(" "));
}

/** C#: a default stands behind the name without a field of its own. */
function trailingValue(node: Node): Node | null {
  const name = node.childForFieldName("name");
  const last = node.namedChildren.at(-1);
  return node.type === "parameter" && name !== null && last !== undefined && last.startIndex >= name.endIndex && last.id !== name.id ? last : null;
}

/** C#'s `params` has no node of its own: type and name stand in the list. */
function unwrappedRest(node: Node, grammar: ExplainGrammar): ParameterFact[] {
  const list = listOf(node, grammar);
  const name = list?.type === "parameter_list" ? list.childForFieldName("name") : null;
  const type = list?.childForFieldName("type");
  return !name ? [] : [{ name: name.text, ...type && { type: type.text }, rest: "positional" }];
}

/** What the parameters bind, for the scope of the body. */
export function parameterLocals(node: Node, grammar: ExplainGrammar): Map<string, Local> {
  const locals = new Map<string, Local>();
  for (const parameter of parameterNodes(node, grammar)) {
    const shape = grammar.parameters[parameter.type]!;
    const first = shape.type === undefined ? null : parameter.namedChild(0); // the rest of it is the type
    const patterns = shape.name === undefined ? [first ?? parameter] : parameter.childrenForFieldName(shape.name);
    const type = shape.type === undefined ? undefined : baseType(parameter.childForFieldName(shape.type)?.text.replace(/^:\s*/, ""));
    const byReference = /^(out|ref) /.test(typeText(parameter, shape.type, false) ?? "") || parameter.namedChildren.some((child) => child.type === "reference_modifier");
    for (const name of patterns.flatMap((pattern) => patternNames(pattern, grammar))) {
      locals.set(name, { fresh: false, ...type !== undefined && { type }, ...byReference && { byReference } });
    }
  }
  for (const { name } of unwrappedRest(node, grammar)) locals.set(name, { fresh: false });
  return locals;
}
