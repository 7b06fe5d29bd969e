// What a function returns without saying `return`: an expression as its body, or the last expression in languages where that counts.
import type { Node } from "web-tree-sitter";
import type { ExplainGrammar } from "./grammars/grammar.js";

export function tailValues(body: Node, owner: Node, grammar: ExplainGrammar): Node[] {
  if (body.type === "arrow_expression_clause") return body.namedChildren.slice(0, 1);
  if (!grammar.blocks.includes(body.type)) return grammar.implicitReturn === true ? tail(body, grammar) : [body];
  return grammar.implicitReturn === true && hasResult(owner) ? tail(body, grammar) : [];
}

/** Rust: a function that says no type returns nothing. */
function hasResult(owner: Node): boolean {
  return owner.type !== "function_item" || owner.childForFieldName("return_type") !== null;
}

function tail(node: Node, grammar: ExplainGrammar): Node[] {
  const { type } = node;
  if (grammar.loops.includes(type) || grammar.returns.includes(type) || grammar.assignments[type] !== undefined || /comment|declaration|_item$/.test(type)) return [];
  if (grammar.blocks.includes(type) || /^(else|then|else_clause|match_block)$/.test(type)) {
    const inner = node.namedChildren.filter((child) => !/comment|^(rescue|ensure)$/.test(child.type));
    return type === "match_block" ? inner.flatMap((child) => tail(child, grammar)) : inner.slice(-1).flatMap((child) => tail(child, grammar));
  }
  if (type === "expression_statement") return node.text.endsWith(";") ? [] : node.namedChildren.flatMap((child) => tail(child, grammar));
  if (/^(match_expression|case)$/.test(type)) return node.namedChildren.filter(({ id }) => id !== node.childForFieldName("value")?.id).flatMap((child) => tail(child, grammar));
  if (/^(if_expression|if|unless|elsif)$/.test(type)) {
    return [node.childForFieldName("consequence"), node.childForFieldName("alternative")].flatMap((child) => child === null ? [] : tail(child, grammar));
  }
  if (/^(match_arm|when)$/.test(type)) {
    const value = node.childForFieldName("value") ?? node.childForFieldName("body");
    return value === null ? [] : tail(value, grammar);
  }
  if (/^(if|unless)_modifier$/.test(type)) return tail(node.childForFieldName("body")!, grammar);
  return grammar.throwingCalls?.[node.childForFieldName("method")?.text ?? node.text] === undefined ? [node] : [];
}
