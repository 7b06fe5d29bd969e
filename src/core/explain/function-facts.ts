// Facts about one function, method, constructor or property.
import type { Node } from "web-tree-sitter";
import type { Definition, Definitions } from "./definitions.js";
import { docCommentOf, firstSentence } from "./doc-comment.js";
import { effectsOf } from "./effects.js";
import { usesOf } from "./callers.js";
import type { FunctionFacts, Named } from "./facts.js";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { bodyOf, functionShape, lineOf, nameNode, oneLine, whole } from "./nodes.js";
import { parametersOf } from "./parameters.js";
import { surroundingsOf } from "./surroundings.js";
import { tailValues } from "./tail.js";

export interface FileContext {
  root: Node;
  languageId: string;
  grammar: ExplainGrammar;
  definitions: Definitions;
}

export function functionFacts(node: Node, file: FileContext): FunctionFacts {
  const { grammar, definitions, languageId } = file;
  const definition = definitions.of(node);
  const place = surroundingsOf(node, definitions, grammar, true);
  const body = bodyOf(node, grammar);
  const context = { grammar, definitions, container: definition?.container ?? place.container, selfNames: place.selfNames };
  const list = node.namedChildren.filter((child) => child.id !== body?.id && child.startIndex > (nameNode(node, grammar)?.startIndex ?? 0));
  const effects = effectsOf([...list.filter(({ type }) => /param/.test(type)), ...body === null ? [] : [body]], place.scope, context);
  if (body !== null) for (const value of tailValues(body, node, grammar)) addNamed(effects.returns, oneLine(value.text), lineOf(value));
  for (const type of node.namedChildren.find((child) => child.type === "throws")?.namedChildren ?? []) addNamed(effects.throws, type.text, lineOf(type));
  const uses = definition === undefined ? { callers: [], recursive: false } : usesOf(definition, file.root, definitions, grammar);
  const comment = docCommentOf(node, grammar, languageId);
  const doc = comment === undefined ? undefined : firstSentence(comment);
  const returnType = returnTypeOf(node, grammar);
  return {
    subject: "function", ...namesOf(node, definition, effects.yields > 0, file), signature: signatureOf(node, grammar),
    lines: linesOf(node, grammar), parameters: parametersOf(node, grammar), ...returnType !== undefined && { returnType },
    effects, recursive: uses.recursive, calledBy: uses.callers, ...doc !== undefined && { doc },
  };
}

function addNamed(list: Named[], name: string, line: number): void {
  const known = list.find((named) => named.name === name);
  if (known === undefined) list.push({ name, lines: [line] });
  else known.lines.push(line);
}

function linesOf(node: Node, grammar: ExplainGrammar): { first: number; last: number } {
  const all = whole(node, grammar);
  return { first: lineOf(all), last: all.endPosition.row + 1 };
}

function returnTypeOf(node: Node, grammar: ExplainGrammar): string | undefined {
  const field = functionShape(node, grammar)?.result;
  const written = field === undefined ? null : node.childForFieldName(field);
  const marks = /^[*&]+/.exec(node.childForFieldName("declarator")?.text ?? "")?.[0]; // C and C++ write them at the name
  return written === null ? undefined : `${oneLine(written.text.replace(/^(:|->)\s*/, ""))}${marks === undefined ? "" : ` ${marks}`}`;
}

/** What stands before the name or the parameters says what kind it is. */
function namesOf(node: Node, definition: Definition | undefined, yields: boolean, { grammar }: FileContext): Pick<FunctionFacts, "kind" | "modifiers" | "name" | "container"> {
  const name = nameNode(node, grammar);
  const isLambda = grammar.lambdas[node.type] !== undefined;
  const until = isLambda ? node.childForFieldName("parameters") ?? node.childForFieldName("parameter") ?? bodyOf(node, grammar) : name ?? null;
  const from = whole(node, grammar);
  const header = ` ${from.text.slice(0, Math.max(0, (until?.startIndex ?? node.startIndex) - from.startIndex)).replace(/\/\*[^]*?\*\/|\/\/.*/g, "")} `;
  const container = definition?.container;
  const modifiers: FunctionFacts["modifiers"] = [];
  if (/\basync\s/.test(header)) modifiers.push("async");
  if (yields || /\*\s*$/.test(isLambda ? "" : header) && grammar.receiver === undefined && /function|^\s*(async\s|static\s)*\*\s*$/.test(header)) modifiers.push("generator");
  const kind = kindOf(node, name?.text ?? "", header, container, grammar);
  if (kind !== "associated function" && container !== undefined && /\bstatic\s|@(static|class)method\b|\bdef\s+self\.\s*$/.test(header)) modifiers.push("static");
  return { kind, modifiers, name: name === undefined ? "" : definition?.name ?? name.text, ...container !== undefined && { container } };
}

function kindOf(node: Node, name: string, header: string, container: string | undefined, grammar: ExplainGrammar): FunctionFacts["kind"] {
  const kind = functionShape(node, grammar)?.kind ?? "function";
  if (kind === "constructor" || kind === "property") return kind;
  if (container === undefined) return kind === "method" ? "method" : "function";
  if (/^(constructor|__init__|__construct|initialize)$/.test(name) || name === container && grammar.receiver === undefined) return "constructor";
  if (/@(\w+\.)?(cached_)?property\b/.test(header) || /\bget\s+$/.test(header) && kind === "method") return "getter";
  if (/@\w+\.setter\b/.test(header) || /\bset\s+$/.test(header) && kind === "method") return "setter";
  if (grammar.variants === true) return node.descendantsOfType("self_parameter").length > 0 ? "method" : "associated function";
  return "method";
}

/** From its first line to where its body begins, without comments' and decorators' lines. */
export function signatureOf(node: Node, grammar: ExplainGrammar): string {
  const all = whole(node, grammar);
  const start = all.type === "decorated_definition" ? node : all;
  const body = bodyOf(node, grammar);
  const end = body === null ? all.endIndex : body.startIndex;
  return oneLine(start.text.slice(0, end - start.startIndex).replace(/\s*(=>|[{:=])?\s*$/, ""), 160);
}
