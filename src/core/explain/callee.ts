// What a call calls, as a path, in the two ways that grammars have: one node for the callee, or receiver and name apart.
import type { Node } from "web-tree-sitter";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { type Path, pathOf } from "./paths.js";

/** Where the callee is one node. */
export function calleeNode(call: Node, grammar: ExplainGrammar): Node | undefined {
  const callee = grammar.calls[call.type];
  return typeof callee === "string" ? call.childForFieldName(callee) ?? call.namedChild(0) ?? undefined : undefined;
}

function receiverAndName(call: Node, grammar: ExplainGrammar): [receiver: Node | null, name: Node | null] {
  const fields = grammar.calls[call.type];
  return typeof fields === "object" ? [call.childForFieldName(fields[0]), call.childForFieldName(fields[1])] : [null, null];
}

/** The nodes that are no arguments. */
export function calleeNodes(call: Node, grammar: ExplainGrammar): Node[] {
  return [calleeNode(call, grammar), ...receiverAndName(call, grammar)].filter((node) => node !== undefined && node !== null);
}

export function calleePath(call: Node, grammar: ExplainGrammar, selfNames: readonly string[]): Path | undefined {
  const callee = calleeNode(call, grammar);
  if (callee !== undefined) return pathOf(withoutTypes(callee), grammar, selfNames);
  const [receiver, name] = receiverAndName(call, grammar);
  if (name === null) return undefined;
  if (receiver === null) return { text: name.text, names: [name.text], own: false, rest: [] };
  const sign = /::|->/.exec(call.text.slice(receiver.endIndex - call.startIndex, name.startIndex - call.startIndex))?.[0] ?? ".";
  const front = pathOf(receiver, grammar, selfNames);
  return front === undefined ? { text: `${sign}${name.text}`, names: ["", name.text], own: false, rest: [receiver] }
    : { ...front, text: `${front.text}${sign}${name.text}`, names: [...front.names, name.text] };
}

/** `parse::<f64>` is called as `parse`. */
function withoutTypes(callee: Node): Node {
  return callee.type === "generic_function" ? callee.childForFieldName("function") ?? callee : callee;
}

/** What is written like a call and is none: an operator, or the making of a variant. */
export function isValue(path: Path, grammar: ExplainGrammar): boolean {
  if (grammar.operators?.includes(path.text) === true) return true;
  return grammar.variants === true && /^[A-Z]/.test(path.names.at(-1) ?? "");
}
