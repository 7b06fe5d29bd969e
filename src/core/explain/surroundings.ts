// Where a node is: in which functions and which type, which names are bound there, and what the object itself is called.
import type { Node } from "web-tree-sitter";
import type { Definition, Definitions } from "./definitions.js";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { isFunction } from "./nodes.js";
import { parameterLocals } from "./parameters.js";
import { type Local, noScope, type Scope, scopeOf } from "./scope.js";

export interface Surroundings {
  /** The innermost function with a name that the node is in. */
  definition: Definition | undefined;
  container: string | undefined;
  selfNames: readonly string[];
  scope: Scope;
}

/** `isInside`: whether a function counts as being in itself. */
export function surroundingsOf(node: Node, definitions: Definitions, grammar: ExplainGrammar, isInside = false): Surroundings {
  const functions: Node[] = [];
  for (let at = isInside ? node : node.parent; at !== null; at = at.parent) if (isFunction(at, grammar)) functions.unshift(at);
  const found = functions.map((candidate) => definitions.of(candidate)).filter((definition) => definition !== undefined);
  const receivers = functions.map((candidate) => receiverName(candidate, grammar)).filter((name) => name !== undefined);
  return {
    definition: found.at(-1),
    container: found.findLast(({ container }) => container !== undefined)?.container ?? typeAround(node, definitions),
    selfNames: [...grammar.self, ...receivers],
    scope: functions.reduce((outer, candidate) => functionScope(candidate, grammar, outer), noScope),
  };
}

function typeAround(node: Node, definitions: Definitions): string | undefined {
  for (let at = node.parent; at !== null; at = at.parent) {
    const definition = definitions.of(at);
    if (definition?.kind === "type") return definition.name;
  }
  return undefined;
}

/** The names that a function binds, on top of those around it. */
export function functionScope(node: Node, grammar: ExplainGrammar, outer: Scope): Scope {
  const locals: Map<string, Local> = parameterLocals(node, grammar);
  for (const result of grammar.receiver === undefined ? [] : node.childForFieldName("result")?.namedChildren ?? []) {
    for (const name of result.childrenForFieldName("name")) locals.set(name.text, { fresh: false }); // Go's named results
  }
  if (grammar.functions[node.type]?.kind === "property") locals.set("value", { fresh: false }); // what a setter is given
  return scopeOf(node, grammar, outer, locals);
}

export function receiverName(node: Node, grammar: ExplainGrammar): string | undefined {
  return grammar.receiver === undefined ? undefined : node.childForFieldName(grammar.receiver)?.namedChild(0)?.childForFieldName("name")?.text;
}
