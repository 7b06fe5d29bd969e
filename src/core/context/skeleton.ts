// The folded view of what stands outside the window: imports, headers of the scopes that the window is in, signatures. Written
// in file order, except that what follows the cursor comes before the scope that is still open at the end.
import { indentationAt } from "../syntax/lines.js";
import type { Definition, Outline } from "../syntax/outline.js";
import type { ContextPart } from "./context.js";
import { closing, folded, importLine, opening, type Source, unfolds } from "./fold.js";
import { type Candidate, choose } from "./select.js";
import { type Surroundings, wordsOf } from "./words.js";

export interface Piece {
  kind: ContextPart["kind"];
  text: string;
}

/** What need not be shown because the window shows it: everything that starts in it. */
export interface Visible {
  start: number;
  end: number;
}

/** Shares of the room that headers of open scopes, and imports, may take before signatures get theirs. */
const scopeShare = 0.5;
const importShare = 0.35;

/** The outline for a window of the file itself. At most `room` characters; every piece ends with a newline. */
export function outlineAround(outline: Outline, source: Source, visible: Visible, words: Surroundings, room: number): Piece[] {
  const open = openScopes(outline.definitions, visible);
  const scopes = scopesThatFit(open, source, visible, room * scopeShare);
  const scopeChars = scopes.reduce((sum, { text }) => sum + text.length, 0);
  const imports = importsThatFit(outline, source, visible, words, (room - scopeChars) * importShare);
  const left = room - scopeChars - imports.reduce((sum, { text }) => sum + text.length, 0);
  const { named } = choose(candidatesOutside(outline.definitions, source, open, visible), words, source, left);
  const pieces: Piece[] = [...imports];
  let level: readonly Definition[] = outline.definitions;
  for (const scope of [undefined, ...open]) {
    if (scope !== undefined) {
      pieces.push(...scopes.filter(header => header.of === scope));
      level = scope.children;
    }
    pieces.push(...write(level.filter(definition => !open.includes(definition)), named, source));
  }
  return pieces;
}

/** The skeleton of another file, at most `room` characters, what is named near the cursor first. */
export function skeletonOf(outline: Outline, source: Source, words: Surroundings, room: number): Piece[] {
  const isPublic = ({ start, end, body }: Definition) => /(^|\s)(export|pub|public)\b/.test(source.text.slice(start, Math.min(body?.start ?? end, start + 300)));
  const onlyPublic = outline.definitions.some(isPublic);
  const shown = outline.definitions.filter(definition => !onlyPublic || definition.hasMembers || isPublic(definition));
  const { named } = choose(candidatesOutside(shown, source, [], { start: 0, end: 0 }), words, source, room);
  return write(shown, named, source);
}

/** How long the outline would be if nothing were left out. Does not depend on the cursor. */
export function fullLength(outline: Outline, source: Source): number {
  const ofDefinition = (definition: Definition): number => unfolds(definition, source)
    ? definition.children.reduce((sum, child) => sum + ofDefinition(child), opening(definition, source).length + closing(definition, source).length)
    : folded(definition, source).length;
  return outline.imports.reduce((sum, statement) => sum + importLine(statement, source).length, 0)
    + outline.definitions.reduce((sum, definition) => sum + ofDefinition(definition), 0);
}

/** The definitions that begin before the window and end in or after it, outermost first. */
function openScopes(definitions: readonly Definition[], { start }: Visible): Definition[] {
  const scope = definitions.find(definition => definition.start < start && definition.end > start);
  return scope === undefined ? [] : [scope, ...openScopes(scope.children, { start, end: start })];
}

type ScopePiece = Piece & { of: Definition };

/** Innermost first: they say most. Between a function's header and the window stand further lines that hold the window's block. */
function scopesThatFit(open: readonly Definition[], source: Source, visible: Visible, room: number): ScopePiece[] {
  const headers: ScopePiece[] = [];
  let left = room;
  for (const of of [...open].reverse()) {
    const text = opening(of, source) + (of === open.at(-1) ? blockLines(source.text, of.body?.start ?? of.start, visible.start) : "");
    if (text.length > left) continue;
    left -= text.length;
    headers.unshift({ kind: "scope", text, of });
  }
  return headers;
}

/** Lines between two places that are less indented than everything between them and the end: `if (…) {`, `describe(…`. */
export function blockLines(text: string, from: number, to: number): string {
  const lines = text.slice(text.indexOf("\n", from) + 1, to).split("\n").slice(0, -1);
  const rest = /^\s*?([ \t]*)\S/.exec(text.slice(to, to + 400));
  let least = rest?.[1]?.length ?? 0;
  const kept: string[] = [];
  for (const line of lines.reverse()) {
    const indentation = line.search(/\S/);
    if (indentation === -1 || indentation >= least) continue;
    least = indentation;
    if (!/^\s*[)\]]/.test(line) && line.length <= 160) kept.unshift(`${line}\n`);
    if (least === 0) break;
  }
  return kept.join("");
}

function importsThatFit(outline: Outline, source: Source, visible: Visible, words: Surroundings, room: number): Piece[] {
  const ranked = outline.imports
    .filter(statement => statement.start < visible.start)
    .map((statement, index) => {
      const text = importLine(statement, source);
      const names = wordsOf(text);
      const value = names.some(name => words.near.has(name)) ? 2 : names.some(name => words.inWindow.has(name)) ? 1 : 0;
      return { index, text, value };
    });
  let left = room;
  const kept = [...ranked].sort((a, b) => b.value - a.value || a.index - b.index).filter(({ text }) => {
    if (text.length > left) return false;
    left -= text.length;
    return true;
  });
  return kept.sort((a, b) => a.index - b.index).map(({ text }) => ({ kind: "imports", text }));
}

function candidatesOutside(definitions: readonly Definition[], source: Source, open: readonly Definition[], visible: Visible): Candidate[] {
  const before: Omit<Candidate, "distance">[] = [];
  const after: Omit<Candidate, "distance">[] = [];
  const visit = (list: readonly Definition[], parents: readonly Definition[], scope: Definition | undefined) => {
    for (const definition of list) {
      if (open.includes(definition)) {
        visit(definition.children, [], definition);
      } else if (list === definitions && source.language.blocks === "indentation" && indentationAt(source.text, definition.start) !== "") {
        continue; // below an `if` or `try` that would be missing
      } else if (definition.end <= visible.start || definition.start >= visible.end) {
        const candidate = { definition, parents, ofScope: scope !== undefined, local: scope !== undefined && !scope.hasMembers };
        (definition.start < visible.start ? before : after).push(candidate);
        if (unfolds(definition, source)) visit(definition.children, [...parents, definition], undefined);
      }
    }
  };
  visit(definitions, [], undefined);
  return [...before.reverse().map((candidate, distance) => ({ ...candidate, distance })), ...after.map((candidate, distance) => ({ ...candidate, distance }))];
}

function write(definitions: readonly Definition[], named: ReadonlyMap<Definition, boolean>, source: Source): Piece[] {
  return definitions.flatMap((definition): Piece[] => {
    const members = unfolds(definition, source) ? write(definition.children, named, source) : [];
    const isNamed = named.get(definition);
    const kind = isNamed === true ? "signature" : "skeleton";
    if (members.length > 0) {
      const end = closing(definition, source);
      return [{ kind, text: opening(definition, source) }, ...members, ...end === "" ? [] : [{ kind, text: end } as const]];
    }
    return isNamed === undefined ? [] : [{ kind, text: folded(definition, source) }];
  });
}
