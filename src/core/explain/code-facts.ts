// Facts about some statements or an expression: what they need from before, what they declare for later, and what they do.
import type { Node } from "web-tree-sitter";
import { effectsOf } from "./effects.js";
import type { CodeFacts, Named } from "./facts.js";
import type { FileContext } from "./function-facts.js";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { lineOf } from "./nodes.js";
import { patternNames } from "./scope.js";
import { surroundingsOf } from "./surroundings.js";

export function codeFacts(nodes: readonly Node[], isExpression: boolean, { grammar, definitions, root }: FileContext): CodeFacts {
  const first = nodes[0]!;
  const last = nodes.at(-1)!;
  const place = surroundingsOf(first, definitions, grammar);
  const declared = declaredNames(nodes, grammar);
  const context = { grammar, definitions, container: place.container, selfNames: place.selfNames };
  const names = nodes.flatMap((node) => nameLeaves(node, grammar));
  const fromBefore = names.filter((name) => !declared.has(name.text) && place.scope.find(name.text) !== undefined);
  const targets = new Set(nodes.flatMap((node) => targetsIn(node, grammar)).map(({ id }) => id));
  const later = place.definition?.node ?? root;
  const after = declared.size === 0 ? [] : nameLeaves(later, grammar).filter((name) => name.startIndex >= last.endIndex);
  return {
    subject: "code", kind: isExpression ? "expression" : "statements", ...place.definition && { inside: place.definition.name },
    lines: { first: lineOf(first), last: last.endPosition.row + 1 },
    statements: isExpression ? 0 : nodes.filter(({ type }) => !type.includes("comment")).length,
    uses: grouped(fromBefore.filter(({ id }) => !targets.has(id))),
    sets: grouped(fromBefore.filter(({ id }) => targets.has(id))),
    declares: [...declared].map((name) => ({ name, usedLater: [...new Set(after.filter(({ text }) => text === name).map(lineOf))] })),
    effects: effectsOf(nodes, place.scope, context),
  };
}

function declaredNames(nodes: readonly Node[], grammar: ExplainGrammar): Set<string> {
  const found = new Set<string>();
  const visit = (node: Node): void => {
    for (const field of grammar.bindings[node.type] ?? []) {
      for (const pattern of node.childrenForFieldName(field)) for (const name of patternNames(pattern, grammar)) found.add(name);
    }
    node.namedChildren.forEach(visit);
  };
  // Python's assignments bind what may be there already: only where no earlier line has it, it is declared here.
  nodes.forEach(visit);
  return found;
}

function nameLeaves(node: Node, grammar: ExplainGrammar): Node[] {
  return node.descendantsOfType([...grammar.names]);
}

/** Plain names that are assigned to. */
function targetsIn(node: Node, grammar: ExplainGrammar): Node[] {
  const targets = Object.entries(grammar.assignments).flatMap(([type, field]) => node.descendantsOfType(type).map((assignment) => assignment.childForFieldName(field)));
  const updated = grammar.updates.flatMap((type) => node.descendantsOfType(type)).filter(({ text }) => /\+\+|--/.test(text)).map((update) => update.namedChild(0));
  return [...targets, ...updated].filter((target) => target !== null).flatMap((target) => /_list$/.test(target.type) ? target.namedChildren : [target]);
}

function grouped(names: readonly Node[]): Named[] {
  const byName = new Map<string, Named>();
  for (const node of names) {
    const known = byName.get(node.text);
    if (known === undefined) byName.set(node.text, { name: node.text, lines: [lineOf(node)] });
    else if (!known.lines.includes(lineOf(node))) known.lines.push(lineOf(node));
  }
  return [...byName.values()];
}
