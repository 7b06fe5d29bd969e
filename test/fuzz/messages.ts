// Makes messages for the worker: right ones, and every way in which they can be wrong. Knows no process; what it makes depends on the seed alone.
import { frame } from "../worker/wire.js";
import type { Random } from "./random.js";

/** Bytes for the wire, and the id of the request whose answer is owed for them, if one is. */
export interface FuzzMessage {
  kind: string;
  bytes: string;
  owes?: number;
}

const LANGUAGES = ["typescript", "python", "go", "rust", "css", "plaintext", "nonsense", ""];
const WORDS = ["const a = ", "def f(x):\n", "{", "}", "(", "\n", "\r\n", "\t", "é", "👩‍👩‍👧", "\u0000", "\ud800", "<|fim_middle|>", "func main() {\n", "// note\n", "\"", "`${", "日本語"];
const STRANGE: readonly unknown[] = [null, true, -1, 0, 1e308, 1.5, "", "x".repeat(5000), [], {}, [[[[]]]], { line: null }, "file:///", "\u0000", 2 ** 53];

export function createMessages(random: Random): () => FuzzMessage {
  const uris = Array.from({ length: 12 }, (_, i) => `file:///fuzz/${i}.${random.pick(["ts", "py", "go", "env", "txt"])}`);
  let lastId = 0;

  const text = (): string => Array.from({ length: random.below(60) }, () => random.pick(WORDS)).join("");
  const uri = (): string => random.chance(0.05) ? random.pick(["", "untitled:a", "file:///%", "http://x/y", "file:///fuzz/unknown.ts", "git:/a?ref=%7B"]) : random.pick(uris);
  const position = (): object => ({ line: random.pick([0, 0, 1, 2, 5, 1000, -1, 1e9]), character: random.pick([0, 1, 5, 10, 1000, -3, 1e9]) });
  const range = (): object => ({ start: position(), end: position() });
  const notebook = (): string => `file:///fuzz/${random.below(3)}.ipynb`;
  const cell = (): string => `vscode-notebook-cell:/fuzz/${random.below(3)}.ipynb#${random.below(6)}`;
  const cells = (): { kind: number; document: string }[] => Array.from({ length: random.below(5) }, () => ({ kind: 1 + random.below(2), document: cell() }));
  const version = (): number => random.pick([1, 2, 3, random.below(1000), -1]);
  const request = (method: string, params: unknown): object => ({ id: lastId += 1, method, params });
  const edit = (): object => random.chance(0.8) ? { range: range(), text: text() } : { text: text() };

  const cellDocument = ({ document }: { document: string }): object => ({ uri: document, languageId: random.pick(LANGUAGES), version: version(), text: text() });
  /** Also with places that no notebook has. */
  const notebookChange = (): object => random.pick([
    () => ({ metadata: { a: text() } }),
    () => ({ cells: { structure: { array: { start: random.below(6), deleteCount: random.below(3), cells: cells() }, didOpen: cells().map(cellDocument), didClose: [{ uri: cell() }] } } }),
    () => ({ cells: { data: cells() } }),
    () => ({ cells: { textContent: [{ document: { uri: cell(), version: version() }, changes: [edit()] }] } }),
  ])();

  const right: readonly (() => object)[] = [
    () => ({ method: "textDocument/didOpen", params: { textDocument: { uri: uri(), languageId: random.pick(LANGUAGES), version: version(), text: text() } } }),
    () => ({ method: "textDocument/didChange", params: { textDocument: { uri: uri(), version: version() }, contentChanges: Array.from({ length: 1 + random.below(3) }, edit) } }),
    () => ({ method: "textDocument/didChange", params: { textDocument: { uri: uri(), version: version() }, contentChanges: [edit()] } }),
    () => ({ method: "textDocument/didClose", params: { textDocument: { uri: uri() } } }),
    () => request("textDocument/inlineCompletion", { textDocument: { uri: uri() }, position: position(), context: { triggerKind: 1 + random.below(2) } }),
    () => request("textDocument/inlineCompletion", { textDocument: { uri: uri() }, position: position(), context: { triggerKind: 2, selectedCompletionInfo: { range: range(), text: text() } }, version: version() }),
    () => request("inkling/score", { textDocument: { uri: uri() }, position: position(), text: text().slice(0, 20) }),
    () => request("inkling/ping", undefined),
    () => request("inkling/explain", { textDocument: { uri: uri(), version: version() }, uri: uri(), range: range(), position: position(), languageId: random.pick(LANGUAGES), partialResultToken: `${lastId}` }),
    () => request("inkling/commitMessage", { change: change() }),
    () => request("inkling/chat", { messages: Array.from({ length: random.below(3) }, () => ({ role: random.pick(["user", "assistant", "system"]), text: text(), facts: [{ title: "t", text: text() }] })), maxTokens: 5, partialResultToken: `${lastId}` }),
    () => request("inkling/chatFacts", { items: [{ kind: random.pick(["file", "selection", "problems", "none"]), uri: uri(), range: range(), position: position() }] }),
    () => request("inkling/chatMeasure", { messages: [{ role: "user", text: text() }] }),
    () => request("inkling/chatModel", undefined),
    () => ({ method: "inkling/accepted", params: { uri: uri(), text: text() } }),
    () => ({ method: "notebookDocument/didOpen", params: { notebookDocument: { uri: notebook(), notebookType: "jupyter-notebook", version: version(), cells: cells() }, cellTextDocuments: cells().map(cellDocument) } }),
    () => ({ method: "notebookDocument/didChange", params: { notebookDocument: { uri: notebook(), version: version() }, change: notebookChange() } }),
    () => ({ method: "notebookDocument/didSave", params: { notebookDocument: { uri: notebook() } } }),
    () => ({ method: "notebookDocument/didClose", params: { notebookDocument: { uri: notebook() }, cellTextDocuments: cells().map(({ document }) => ({ uri: document })) } }),
    () => request("textDocument/inlineCompletion", { textDocument: { uri: cell() }, position: position(), context: { triggerKind: 1 } }),
    () => ({ method: "$/cancelRequest", params: { id: Math.max(1, lastId - random.below(5)) } }),
    () => ({ method: "$/setTrace", params: { value: random.pick(["off", "verbose"]) } }),
    () => ({ method: "workspace/didChangeConfiguration", params: { settings: null } }),
  ];

  function change(): object {
    const files = Array.from({ length: random.below(4) }, () => ({
      path: random.pick(["a.ts", "../../etc/passwd", "", "src/b.py", "c\u0000d"]), status: random.pick(["added", "modified", "deleted", "renamed", "odd"]),
      added: random.below(9), removed: random.below(9), before: text(), after: text(),
    }));
    return { source: "staged", files, first: random.chance(0.2), history: [{ subject: text(), hasBody: false, files: [] }], convention: random.pick(["auto", "conventional", "plain"]) };
  }

  /** Puts something else into a place of the parameters. */
  const spoiled = (value: unknown, depth = 0): unknown => {
    if (depth > 0 && random.chance(0.25)) return random.pick(STRANGE);
    if (Array.isArray(value)) return value.map((entry) => spoiled(entry, depth + 1));
    if (typeof value !== "object" || value === null) return random.chance(0.3) ? random.pick(STRANGE) : value;
    return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => random.chance(0.1) ? [] : [[key, spoiled(entry, depth + 1)]]));
  };

  const owes = (message: object): { owes?: number } => "id" in message && typeof message.id === "number" && "method" in message ? { owes: message.id } : {};
  const framed = (kind: string, message: object): FuzzMessage => ({ kind, bytes: frame(JSON.stringify({ jsonrpc: "2.0", ...message })), ...owes(message) });

  const wrong: readonly (() => FuzzMessage)[] = [
    () => {
      const message = random.pick(right)() as { params?: unknown };
      return framed("spoiled", { ...message, params: spoiled(message.params, 1) });
    },
    () => framed("unknown method", random.chance(0.5) ? request(`inkling/${text().slice(0, 8)}`, {}) : { method: "nobody/knows", params: {} }),
    () => framed("answer to nothing", { id: 999_000_000 + random.below(9), result: random.pick(STRANGE) }),
    () => ({ kind: "strange id", bytes: frame(JSON.stringify({ jsonrpc: "2.0", id: random.pick([null, "text", 1.5, -1, {}, []]), method: "inkling/ping" })) }),
    () => ({ kind: "no message", bytes: frame(JSON.stringify(random.pick(STRANGE))) }),
    () => ({ kind: "no JSON", bytes: frame(random.pick(["{", "", "undefined", "{\"jsonrpc\":", "[[[[[", "\u0000\u0001", "}".repeat(50)])) }),
    () => ({ kind: "deep JSON", bytes: frame(`{"jsonrpc":"2.0","method":"inkling/accepted","params":${"[".repeat(3000)}${"]".repeat(3000)}}`) }),
    () => framed("begins again", random.chance(0.5) ? request("initialize", { processId: null, rootUri: null, capabilities: {} }) : { method: "initialized", params: {} }),
    () => framed("batch", [request("inkling/ping", undefined)]),
    () => ({ kind: "odd header", bytes: `X-Thing: ${random.below(99)}\r\n${frame(JSON.stringify({ jsonrpc: "2.0", method: "$/nothing", params: {} }))}` }),
  ];

  /** Seldom: what is large takes its time. */
  const huge: readonly (() => FuzzMessage)[] = [
    () => framed("huge document", { method: "textDocument/didOpen", params: { textDocument: { uri: uri(), languageId: "typescript", version: 1, text: "const x = 1;\n".repeat(200_000) } } }),
    () => framed("huge line", { method: "textDocument/didChange", params: { textDocument: { uri: uri(), version: version() }, contentChanges: [{ text: "(".repeat(300_000) }] } }),
    () => framed("paste", { method: "textDocument/didChange", params: { textDocument: { uri: uri(), version: version() }, contentChanges: [{ range: range(), text: "let pasted = f(1);\n".repeat(10_000) }] } }),
    () => framed("many edits", { method: "textDocument/didChange", params: { textDocument: { uri: uri(), version: version() }, contentChanges: Array.from({ length: 1000 }, edit) } }),
  ];

  return () => {
    if (random.chance(0.0005)) return random.pick(huge)();
    if (random.chance(0.3)) return (random.chance(0.5) ? wrong[0]! : random.pick(wrong))();
    return framed("right", random.pick(right)());
  };
}
