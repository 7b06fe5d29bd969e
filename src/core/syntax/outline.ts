// What a file declares: its imports and definitions with their nesting, read from a tree by a query and kept up to date by
// looking only at what an edit changed. Plain values come out; nobody needs the tree to use them.
import type { Node, Query, QueryMatch, Tree } from "web-tree-sitter";
import { owned } from "../owned.js";

/** From and to, in UTF-16 code units. */
export interface Span {
  start: number;
  end: number;
}

export interface Import extends Span {
  /** The modules as written, without quotes. */
  sources: string[];
}

export interface Definition extends Span {
  /** As written; a destructuring pattern where the declaration has one. */
  name: string;
  /** What is left out when only the signature is wanted. */
  body?: Span;
  /** The body is a list of members (class, interface, namespace), whose signatures say what it is. */
  hasMembers: boolean;
  /** Definitions inside: members, or what a function declares for itself. In file order. */
  children: Definition[];
}

export interface Outline {
  imports: Import[];
  definitions: Definition[];
}

/** One match of the query. Several may speak of the same name; {@link assemble} joins them. */
export interface Finding extends Span {
  kind: "import" | "definition" | "detail";
  name: Span;
  text: string;
  body?: Span;
  hasMembers: boolean;
}

/** An edit as a replaced range: `[start, oldEnd)` became `[start, newEnd)`. */
export interface Change {
  start: number;
  oldEnd: number;
  newEnd: number;
}

/** An ordinary megabyte takes a third of it; in a heap of nothing but open brackets a query would search for minutes. What it found by then counts. */
const QUERY_LIMIT_MS = 500;

/** Everything that the query says about the tree, or about a part of it. */
export function findAll(tree: Tree, query: Query, within?: Span): Finding[] {
  // web-tree-sitter 0.27 hands these two on as bytes, and a UTF-16 code unit is two; all other indices are code units.
  const range = within === undefined ? {} : { startIndex: within.start * 2, endIndex: within.end * 2 };
  const end = performance.now() + QUERY_LIMIT_MS;
  return query.matches(tree.rootNode, { ...range, progressCallback: () => performance.now() > end }).map(toFinding).filter(finding => finding !== undefined);
}

/** The findings after an edit: those that it did not touch are moved, the others are asked for again. */
export function updateFindings(old: readonly Finding[], change: Change, dirty: readonly Span[], tree: Tree, query: Query): Finding[] {
  const shift = change.newEnd - change.oldEnd;
  const areas = joinSpans([{ start: change.start, end: change.newEnd }, ...dirty]);
  const untouched: Finding[] = [];
  for (const finding of old) {
    const moved = finding.start >= change.oldEnd ? move(finding, shift) : finding;
    const kept = finding.start >= change.oldEnd || finding.end <= change.start;
    if (kept && !areas.some(area => moved.start <= area.end && area.start <= moved.end)) untouched.push(moved);
  }
  const known = new Set(untouched.map(identity));
  for (const area of areas) {
    // One more character on each side: a finding that only touches the area counts as touched.
    for (const finding of findAll(tree, query, { start: Math.max(0, area.start - 1), end: area.end + 1 })) {
      const id = identity(finding);
      if (!known.has(id)) untouched.push(finding);
      known.add(id);
    }
  }
  return untouched;
}

/** Joins findings of one name into a definition (widest extent, narrowest body) and nests the definitions. */
export function assemble(findings: readonly Finding[]): Outline {
  const imports = new Map<number, Import>();
  const byName = new Map<number, Definition>();
  const details: Finding[] = [];
  for (const finding of findings) {
    if (finding.kind === "import") {
      const known = imports.get(finding.start);
      if (known === undefined) imports.set(finding.start, { start: finding.start, end: finding.end, sources: finding.text === "" ? [] : [finding.text] });
      else if (finding.text !== "") known.sources.push(finding.text);
    } else if (finding.kind === "detail") details.push(finding);
    else addDefinition(byName, finding);
  }
  for (const detail of details) if (byName.has(detail.name.start)) addDefinition(byName, detail);
  const inImport = (definition: Definition) => imports.has(definition.start);
  const sorted = [...byName.values()].filter(definition => !inImport(definition)).sort((a, b) => a.start - b.start || b.end - a.end);
  return { imports: [...imports.values()].sort((a, b) => a.start - b.start), definitions: nest(sorted) };
}

function addDefinition(byName: Map<number, Definition>, finding: Finding): void {
  const known = byName.get(finding.name.start);
  if (known === undefined) {
    const { start, end, body, hasMembers } = finding;
    byName.set(finding.name.start, { start, end, name: finding.text, hasMembers, children: [], ...body && { body } });
    return;
  }
  if (finding.kind === "definition") {
    known.start = Math.min(known.start, finding.start);
    known.end = Math.max(known.end, finding.end);
  }
  if (finding.body === undefined) return;
  if (known.body === undefined || length(finding.body) < length(known.body)) {
    known.body = finding.body;
    known.hasMembers = finding.hasMembers;
  } else if (isSame(finding.body, known.body)) known.hasMembers ||= finding.hasMembers;
}

function nest(sorted: readonly Definition[]): Definition[] {
  const top: Definition[] = [];
  const open: Definition[] = [];
  for (const definition of sorted) {
    while (open.length > 0 && open.at(-1)!.end <= definition.start) open.pop();
    const parent = open.at(-1);
    // What a signature contains (the fields of an inline type, say) is part of it, and `typedef struct a {…} b` is one thing.
    if (parent?.body !== undefined && (definition.start < parent.body.start || isSame(definition.body, parent.body))) continue;
    (parent?.children ?? top).push(definition);
    open.push(definition);
  }
  return top;
}

function toFinding(match: QueryMatch): Finding | undefined {
  let whole: Node | undefined, name: Node | undefined, body: Node | undefined;
  let isImport = false, hasMembers = false;
  for (const { name: capture, node } of match.captures) {
    if (capture === "definition" || capture === "import") whole = node;
    if (capture === "name" || capture === "source") name = node;
    if (capture === "body" || capture === "members") body = node;
    isImport ||= capture === "import";
    hasMembers ||= capture === "members";
  }
  const extent = whole ?? body;
  if (extent === undefined) return undefined;
  const kind = isImport ? "import" : whole === undefined ? "detail" : "definition";
  if (kind !== "import" && name === undefined) return undefined;
  return {
    kind, start: extent.startIndex, end: extent.endIndex, hasMembers,
    name: span(name ?? extent), text: owned(name?.text ?? ""), ...body && { body: span(body) },
  };
}

const span = (node: Node): Span => ({ start: node.startIndex, end: node.endIndex });
const length = (range: Span) => range.end - range.start;
const isSame = (a: Span | undefined, b: Span) => a?.start === b.start && a.end === b.end;
const moveSpan = (range: Span, by: number): Span => ({ start: range.start + by, end: range.end + by });
const identity = (finding: Finding) => `${finding.kind} ${finding.start} ${finding.end} ${finding.name.start} ${finding.body?.start ?? ""} ${finding.body?.end ?? ""}`;

function move(finding: Finding, by: number): Finding {
  return {
    ...finding, start: finding.start + by, end: finding.end + by, name: moveSpan(finding.name, by),
    ...finding.body && { body: moveSpan(finding.body, by) },
  };
}

function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const next of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && next.start <= last.end) last.end = Math.max(last.end, next.end);
    else joined.push({ ...next });
  }
  return joined;
}
