// Composes the compact context: the window around the cursor, and before it a folded view of the rest of the file and of its
// neighbours. A pure function of what it is given; reads no files and never exceeds the budget.
import { indentationAt } from "../syntax/lines.js";
import type { SyntaxTree } from "../syntax/parser.js";
import type { Budget, ComposedContext, ContextPart, SourceDocument } from "./context.js";
import { blockLines, fullLength, outlineAround, type Piece, skeletonOf } from "./skeleton.js";
import { isSecretPath, redact, redactAround } from "./secrets.js";
import { findUsages, wantedAt } from "./usages.js";
import { chooseWindow, type Window } from "./window.js";
import { type Surroundings, surroundings } from "./words.js";

/** Another file, and why it may matter. Without a tree it has no skeleton and is left out. */
export interface Neighbour {
  document: SourceDocument;
  tree?: SyntaxTree | undefined;
  why: "imported" | "open" | "recent";
}

export interface ComposeInput {
  document: SourceDocument;
  /** Where the cursor is, in UTF-16 code units. */
  offset: number;
  /** Of exactly this text; without it the outline is made from indentation. */
  tree: SyntaxTree | undefined;
  /** In order of interest. */
  neighbours: readonly Neighbour[];
  budget: Budget;
  /** What the prompt before had for this line; without it nothing is kept. */
  before?: Before | undefined;
  /** `raw` is nothing but the window, for comparison. Default `compact`. */
  mode?: "compact" | "raw";
}

export interface Before {
  /** Lines of {@link ComposedContext.usages}. */
  usages: readonly string[];
  /** They stay whatever is typed on the line; otherwise as long as the best match is among them. */
  always: boolean;
}

const shares = { neighbours: 0.2, suffix: 0.18, outline: 0.16, usages: 0.2 };
const rawShares = { prefix: 0.75, suffix: 0.25 };
const suffixLines = 25;
/** In neighbours, for usages: so much is searched in about two milliseconds. */
const searchedChars = 200_000;

/** Never throws; all texts together are at most `tokens * charsPerToken` characters. */
export function compose(input: ComposeInput): ComposedContext {
  const { document, tree, budget } = input;
  const { text, path } = document;
  const offset = Math.max(0, Math.min(input.offset, text.length));
  const room = Math.max(0, Math.floor(budget.tokens * budget.charsPerToken) - path.length - 1);
  if (input.mode === "raw") return finish(document, offset, rawWindow(text, offset, room), [], []);

  const readable = input.neighbours.filter(neighbour => neighbour.tree !== undefined && !isSecretPath(neighbour.document.path));
  const scope = surroundings(text, offset, rawWindow(text, offset, room));
  const neighbours = composeNeighbours(readable, scope, Math.max(room * shares.neighbours, Math.min(room / 2, room - text.length)));
  const rest = neighbours.length === 0 ? room : Math.floor(Math.min(room * (1 - shares.neighbours), room - total(neighbours)));
  if (text.length <= rest) return finish(document, offset, { start: 0, end: text.length, step: 0 }, [], neighbours);

  const { window, outlineRoom } = planWindow(text, offset, rest, tree);
  const outline = tree === undefined
    ? fallbackOutline(text, window, outlineRoom)
    : outlineAround(tree.outline, { text, language: tree.language }, visibleIn(window, offset, rest), surroundings(text, offset, window), outlineRoom);
  const usages = usagesAround({ ...input, neighbours: readable, offset }, window, outline, rest * shares.usages);
  const pieces = usages.map((usage) => ({ kind: "usage" as const, text: `${usage}\n` }));
  return { ...finish(document, offset, window, [...outline, ...pieces], neighbours), usages };
}

/**
 * How the names at the cursor are used elsewhere, the likeliest line last. What stands behind them in the prompt is evaluated again whenever
 * they change, so they are not changed for a line that only adds to them, or whose indentation is being typed.
 */
function usagesAround(
  { document: { text }, offset, neighbours, before }: ComposeInput, window: Window, outline: readonly Piece[], chars: number,
): readonly string[] {
  if (before?.always === true) return before.usages;
  const shown = new Set(outline.map(piece => piece.text.trim()));
  let left = searchedChars;
  const others = neighbours.filter(({ document }) => (left -= document.text.length) >= 0).map(({ document }) => document.text);
  const indentation = indentationAt(text, offset);
  const room = { chars, perLine: indentation.length + 1 };
  const usages = findUsages(wantedAt(text, offset), { text, hidden: window }, others, shown, room).reverse().map(usage => usage.text);
  const best = usages.at(-1);
  const stay = before !== undefined && (best === undefined || before.usages.some(usage => usage.trimStart() === best));
  return stay ? before.usages : usages.map(usage => `${indentation}${usage}`);
}

function rawWindow(text: string, offset: number, room: number): Window {
  if (text.length <= room) return { start: 0, end: text.length, step: 0 };
  return chooseWindow(text, offset, { prefix: Math.floor(room * rawShares.prefix), suffix: Math.floor(room * rawShares.suffix), suffixLines: Infinity });
}

/** The window's room, and what is left for the outline. Both change in big steps only. */
function planWindow(text: string, offset: number, room: number, tree: SyntaxTree | undefined): { window: Window; outlineRoom: number } {
  const suffix = Math.floor(room * shares.suffix);
  const usages = Math.ceil(room * shares.usages);
  const eighth = Math.max(1, Math.floor(room / 8));
  const most = Math.floor(room * shares.outline);
  const wanted = tree === undefined ? most / 2 : fullLength(tree.outline, { text, language: tree.language });
  const prefix = room - suffix - usages - Math.min(most, Math.ceil(wanted / eighth) * eighth);
  const window = chooseWindow(text, offset, { prefix, suffix, suffixLines });
  const used = window.start > 0 ? prefix : Math.min(prefix, Math.ceil((offset + 1) / eighth) * eighth);
  return { window, outlineRoom: room - suffix - usages - used };
}

/** What counts as shown reaches a step further than the suffix does, so that moving down a line does not change the outline. */
function visibleIn(window: Window, offset: number, room: number): { start: number; end: number } {
  const steps = Math.ceil((offset - window.start + 1) / Math.max(1, window.step));
  return { start: window.start, end: Math.min(window.start + steps * window.step, window.start + room) + (window.end - offset) };
}

function fallbackOutline(text: string, window: Window, room: number): Piece[] {
  const lines = blockLines(text, 0, window.start);
  return lines === "" || lines.length > room ? [] : [{ kind: "scope", text: lines }];
}

interface Skeleton {
  path: string;
  text: string;
}

const total = (skeletons: readonly Skeleton[]) => skeletons.reduce((sum, { path, text }) => sum + path.length + 1 + text.length, 0);

/** Files that name something near the cursor first, imported ones before others; the best one comes last, next to the code. */
function composeNeighbours(neighbours: readonly Neighbour[], words: Surroundings, room: number): Skeleton[] {
  const order = { imported: 0, recent: 1, open: 2 };
  const ranked = neighbours
    .flatMap(({ document, tree, why }) => tree === undefined ? [] : [{ document, tree, why, named: tree.outline.definitions.some(({ name }) => words.inWindow.has(name)) }])
    .filter(({ named, why }) => named || why === "imported")
    .sort((a, b) => Number(b.named) - Number(a.named) || order[a.why] - order[b.why]);
  const skeletons: Skeleton[] = [];
  for (const { document: { path, text }, tree } of ranked) {
    const left = Math.floor(room - total(skeletons) - path.length - 1);
    if (left < 40) break;
    const written = skeletonOf(tree.outline, { text, language: tree.language }, words, left).map(piece => piece.text).join("");
    if (written !== "") skeletons.unshift({ path, text: redact(written) });
  }
  return skeletons;
}

function finish(document: SourceDocument, offset: number, window: Window, outline: readonly Piece[], neighbours: Skeleton[]): ComposedContext {
  const { path } = document;
  const [prefix, suffix] = redactAround(document.text, offset, window);
  const parts: ContextPart[] = [
    ...neighbours.map(({ path: of, text }) => ({ kind: "neighbour" as const, path: of, chars: text.length })),
    ...outline.map(({ kind, text }) => ({ kind, path, chars: text.length })),
    { kind: "window", path, chars: prefix.length },
    { kind: "suffix", path, chars: suffix.length },
  ];
  return { neighbours, path, outline: redact(outline.map(({ text }) => text).join("")), prefix, suffix, parts };
}
