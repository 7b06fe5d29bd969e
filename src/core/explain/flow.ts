// What Explain asks of branches, loops and catch clauses: how deep they nest, what they catch, under which condition something stands in them.
import type { Node } from "web-tree-sitter";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { isFunction, oneLine } from "./nodes.js";

export const isForAwait = (node: Node): boolean => node.type === "for_in_statement" && /^for\s+await\b/.test(node.text);

/** Whether what is inside is one level deeper. */
export function deepens(node: Node, grammar: ExplainGrammar): boolean {
  if (grammar.loops.includes(node.type) || grammar.tries.includes(node.type)) return true;
  if (!grammar.branches.includes(node.type) || /^(elif|elsif|else_if)/.test(node.type)) return false;
  // `else if` goes on at the same level.
  const { parent } = node;
  return parent?.type !== "else_clause" && parent?.childForFieldName("alternative")?.id !== node.id;
}

export function caughtTypes(clause: Node, grammar: ExplainGrammar): string[] {
  const written = grammar.catches[clause.type]?.(clause);
  const names = written?.text.replace(/^[([]|[)\]]$/g, "").split(/[|,]/).map((name) => oneLine(name)).filter((name) => name !== "") ?? [];
  return names.length === 0 ? ["everything"] : names;
}

/** The condition of the innermost `if` whose first branch this is in, unless there is a loop, a case or a function between. */
export function conditionOf(node: Node, grammar: ExplainGrammar): string | undefined {
  for (let at = node; at.parent !== null; at = at.parent) {
    const { parent } = at;
    if (/^(if_statement|if_expression|if|if_modifier|elif_clause|elsif|else_if_clause)$/.test(parent.type)) {
      const isFirst = (parent.childForFieldName("consequence") ?? parent.childForFieldName("body"))?.id === at.id;
      const condition = parent.childForFieldName("condition");
      return isFirst && condition !== null ? oneLine(condition.text.replace(/^\(([^]*)\)$/, "$1"), 60) : undefined;
    }
    if (isFunction(parent, grammar) || grammar.loops.includes(parent.type) || grammar.branches.includes(parent.type) || Object.hasOwn(grammar.catches, parent.type)) return undefined;
  }
  return undefined;
}
