// Who uses a definition in its own file: the places where its name stands and means it.
import type { Node } from "web-tree-sitter";
import { calleeNode, calleePath } from "./callee.js";
import type { Definition, Definitions } from "./definitions.js";
import type { Caller } from "./facts.js";
import type { ExplainGrammar } from "./grammars/grammar.js";
import { lineOf, nameNode } from "./nodes.js";
import { type Path, pathOf } from "./paths.js";
import { createResolver } from "./resolve.js";
import { surroundingsOf } from "./surroundings.js";

export interface Uses {
  callers: Caller[];
  /** It is used within itself. */
  recursive: boolean;
}

/** More occurrences of one name than this are not looked at. */
const mostOccurrences = 2_000;

export function usesOf(definition: Definition, root: Node, definitions: Definitions, grammar: ExplainGrammar): Uses {
  const callers: Caller[] = [];
  let recursive = false;
  const searched = definition.name === "constructor" || definition.name === "__init__" ? "" : definition.name;
  for (const at of occurrences(root.text, searched)) {
    const node = root.descendantForIndex(at, at + searched.length);
    if (node === null || node.startIndex !== at || node.id === nameNode(definition.node, grammar)?.id) continue;
    const place = surroundingsOf(node, definitions, grammar);
    const path = usedPath(node, grammar, place.selfNames);
    if (path === undefined || node.type === "shorthand_property_identifier" && place.definition === undefined) continue; // a list of exports
    const resolver = createResolver({ grammar, definitions, container: place.container });
    if (resolver.find(path, place.scope)?.node.id !== definition.node.id) continue;
    if (isWithin(node, definition.node)) recursive = true;
    else add(callers, { name: place.definition?.name ?? "", line: lineOf(node) });
  }
  return { callers, recursive };
}

function* occurrences(text: string, name: string): Generator<number> {
  if (name === "") return;
  let found = 0;
  for (let at = text.indexOf(name); at !== -1 && found < mostOccurrences; at = text.indexOf(name, at + name.length)) {
    const touches = /[\p{L}\p{N}_$]/u;
    if (touches.test(text.charAt(at - 1)) || touches.test(text.charAt(at + name.length))) continue;
    found += 1;
    yield at;
  }
}

/** The path that ends with this name; undefined in declarations, types, comments and strings. */
function usedPath(name: Node, grammar: ExplainGrammar, selfNames: readonly string[]): Path | undefined {
  const { parent } = name;
  if (parent === null || isDeclaredBy(name, parent, grammar)) return undefined;
  if (grammar.creations[parent.type] !== undefined || parent.type === "command_name") return { text: name.text, names: [name.text], own: false, rest: [] };
  if (typeof grammar.calls[parent.type] === "object" && calleeNode(parent, grammar) === undefined) {
    const path = calleePath(parent, grammar, selfNames);
    if (path?.names.at(-1) === name.text) return path;
  }
  const member = grammar.members[parent.type];
  if (member !== undefined && parent.childForFieldName(member[1])?.id === name.id) return pathOf(parent, grammar, selfNames);
  return grammar.names.includes(name.type) ? pathOf(name, grammar, selfNames) : undefined;
}

function isDeclaredBy(name: Node, parent: Node, grammar: ExplainGrammar): boolean {
  if (/^(export_specifier|import_|keyword_argument|labeled_)/.test(parent.type)) return true;
  return grammar.functions[parent.type] !== undefined && parent.childForFieldName("name")?.id === name.id;
}

const isWithin = (node: Node, outer: Node): boolean => node.startIndex >= outer.startIndex && node.endIndex <= outer.endIndex;

function add(callers: Caller[], caller: Caller): void {
  if (!callers.some(({ name, line }) => name === caller.name && line === caller.line)) callers.push(caller);
}
