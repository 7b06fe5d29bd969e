// What a person attaches to a question, read and made fit for a prompt: a file whole or, where it is too long, as the compact context
// that completion uses; a selection with its place; problems with their lines. Secrets are blacked out, and some files never enter.
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fenced } from "../core/chat/prompts.js";
import type { SourceDocument } from "../core/context/context.js";
import { maxDocumentLength, refusalFor } from "../core/context/refuse.js";
import { redact } from "../core/context/secrets.js";
import { languageByPath } from "../core/syntax/languages.js";
import type { ContextItem, Position, ResolvedFact } from "../protocol/chat.js";
import { pathOf, sourceDocument } from "./documents.js";
import type { Workspace } from "./workspace.js";

export interface FactRoom {
  /** Tokens that one fact may take. */
  tokens: number;
  charsPerToken: number;
  /** For a reader without a model: files as their outline, however short. */
  outlineOnly?: boolean;
}

export async function resolveFact(item: ContextItem, workspace: Workspace, room: FactRoom): Promise<ResolvedFact> {
  if (item.kind === "problems") return problemsFact(item.problems, workspace);
  const document = readDocument(item.uri, workspace);
  const path = document?.path ?? pathOf(item.uri, workspace.folders);
  if (!document) return { kind: "refused", title: path, reason: "missing" };
  const reason = refusalFor(document.path, document.text);
  if (reason !== undefined) return { kind: "refused", title: path, reason };
  if (document.text.trim() === "") return { kind: "refused", title: path, reason: "empty" };
  return item.kind === "file" ? fileFact(document, item.position, workspace, room) : selectionFact(document, item.range);
}

/** As the editor has it, or else as it is on disk. */
function readDocument(uri: string, workspace: Workspace): SourceDocument | undefined {
  const open = workspace.documents.get(uri);
  if (open) return sourceDocument(open, workspace.folders);
  if (!uri.startsWith("file:")) return undefined;
  try {
    const file = fileURLToPath(uri);
    const stat = statSync(file);
    if (!stat.isFile()) return undefined;
    // Read no more than it takes to know that it is too large.
    const text = stat.size > maxDocumentLength * 4 ? " ".repeat(maxDocumentLength + 1) : readFileSync(file, "utf8");
    return { uri, path: pathOf(uri, workspace.folders), languageId: languageByPath(uri)?.ids[0] ?? "plaintext", version: 0, text };
  } catch {
    return undefined; // gone, or not ours to read
  }
}

async function fileFact(document: SourceDocument, position: Position | undefined, workspace: Workspace, room: FactRoom): Promise<ResolvedFact> {
  const { path, languageId, text } = document;
  const isShort = text.length <= room.tokens * room.charsPerToken;
  if (isShort && room.outlineOnly !== true) return { kind: "fact", how: "whole", fact: { title: path, text: fenced(redact(text), fenceLanguage(languageId)) } };
  await workspace.prepare(languageId);
  const { outline, prefix, suffix } = workspace.compose(document, position ? offsetAt(text, position) : 0, room);
  const seen = room.outlineOnly === true && outline !== "" ? outline : `${outline}${prefix}${suffix}`;
  return { kind: "fact", how: "outline", fact: { title: path, text: fenced(seen, fenceLanguage(languageId)) } };
}

function selectionFact({ path, languageId, text }: SourceDocument, { start, end }: { start: Position; end: Position }): ResolvedFact {
  const [from, to] = [offsetAt(text, start), offsetAt(text, end)];
  const lineStart = text.lastIndexOf("\n", from - 1) + 1;
  const whole = text.slice(lineStart, from).trim() === "" ? text.slice(lineStart, to) : text.slice(from, to); // its indentation belongs to it
  if (whole.trim() === "") return { kind: "refused", title: path, reason: "empty" };
  return { kind: "fact", how: "whole", fact: { title: `${path}, lines ${start.line + 1}-${end.line + 1}`, text: fenced(redact(whole), fenceLanguage(languageId)) } };
}

const MOST_PROBLEMS = 20;

function problemsFact(problems: Extract<ContextItem, { kind: "problems" }>["problems"], workspace: Workspace): ResolvedFact {
  if (problems.length === 0) return { kind: "refused", title: "problems", reason: "empty" };
  const worst = [...problems].sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning")).slice(0, MOST_PROBLEMS);
  const lines = worst.map(({ uri, range, severity, message, source }) => {
    const path = pathOf(uri, workspace.folders);
    const line = lineAt(uri, range.start.line, workspace);
    return `- ${path}:${range.start.line + 1}: ${severity}: ${message.replaceAll("\n", " ")}${source === undefined ? "" : ` (${source})`}${line === "" ? "" : `\n  \`${line}\``}`;
  });
  const more = problems.length - worst.length;
  return { kind: "fact", how: "whole", fact: { title: "problems that the editor shows", text: [...lines, ...more > 0 ? [`- and ${more} more`] : []].join("\n") } };
}

function lineAt(uri: string, line: number, workspace: Workspace): string {
  const text = workspace.documents.get(uri)?.getText() ?? "";
  return redact(text.split("\n")[line] ?? "").trim().replaceAll("`", "'").slice(0, 200);
}

function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  for (let at = 0; at < line; at += 1) {
    const next = text.indexOf("\n", start);
    if (next === -1) return text.length;
    start = next + 1;
  }
  const end = text.indexOf("\n", start);
  return Math.min(start + character, end === -1 ? text.length : end);
}

/** As it is written behind a fence. */
function fenceLanguage(languageId: string): string {
  const names: Partial<Record<string, string>> = { typescriptreact: "tsx", javascriptreact: "jsx", shellscript: "bash", plaintext: "" };
  return names[languageId] ?? languageId;
}
