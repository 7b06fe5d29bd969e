// Facts about a class, struct, interface, enum or the like: what it is made of and who uses it.
import type { Node } from "web-tree-sitter";
import { usesOf } from "./callers.js";
import { docCommentOf, firstSentence } from "./doc-comment.js";
import type { MemberFact, TypeFacts } from "./facts.js";
import { type FileContext, signatureOf } from "./function-facts.js";
import { bodyOf, lineOf, nameNode, oneLine, whole } from "./nodes.js";

export function typeFacts(node: Node, file: FileContext): TypeFacts {
  const { grammar, definitions, languageId, root } = file;
  const definition = definitions.of(node)!;
  const all = whole(node, grammar);
  const comment = docCommentOf(node, grammar, languageId);
  const doc = comment === undefined ? undefined : firstSentence(comment);
  return {
    subject: "type", kind: definition.word ?? "type", name: definition.name, ...definition.container !== undefined && { container: definition.container },
    signature: bodyOf(node, grammar) === null ? oneLine(all.text.replace(/\s*\{[^]*$/, ""), 160) : signatureOf(node, grammar),
    lines: { first: lineOf(all), last: all.endPosition.row + 1 },
    members: membersOf(node, file), usedBy: usesOf(definition, root, definitions, grammar).callers,
    ...doc !== undefined && { doc },
  };
}

/** What is written inside of it, and methods that belong to it from elsewhere (Go, Rust). */
function membersOf(node: Node, file: FileContext): MemberFact[] {
  const { definitions, grammar } = file;
  const type = definitions.of(node)!;
  const members = definitions.all.filter((definition) => definition.container === type.name && definition.node.id !== node.id && !definition.local)
    .map((definition): MemberFact => ({ name: definition.name, kind: memberKind(definition.node, definition.word), line: definition.line }));
  const known = new Set(members.map(({ name }) => name));
  const variants = (bodyOf(node, grammar)?.namedChildren ?? []).filter((child) => /^(enum_(variant|constant|assignment|member_declaration|case)|enumerator|property_identifier)$/.test(child.type));
  const others = variants.map((child): MemberFact => ({ name: (child.childForFieldName("name") ?? nameNode(child, grammar) ?? child).text, kind: "variant", line: lineOf(child) }));
  return [...members, ...others.filter(({ name }) => !known.has(name))].filter((member, i, list) => list.findIndex(({ name, line }) => name === member.name && line === member.line) === i);

  function memberKind(member: Node, word: string | undefined): string {
    if (word !== undefined) return word;
    const kind = grammar.functions[member.type]?.kind ?? (grammar.lambdas[member.type] === undefined ? "field" : "method");
    return kind === "function" ? "method" : kind;
  }
}
