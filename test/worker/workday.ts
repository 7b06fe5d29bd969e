// What a person does with Inkling in a day, as messages to the worker: types, accepts, asks for an explanation, writes a commit message, talks.
// Replayed by the tests of privacy, faults, and memory. A feature that this build does not have is left out, and said.
import type { Message, Wire } from "./wire.js";

/** For a tiny model that shall converse: what is said last decides the answer. */
export const chatTemplate = "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}<|fim_middle|>";

export interface Workday {
  /** Answered requests, by feature. */
  answered: Record<"completion" | "explain" | "commit" | "chat", number>;
  /** Features that the worker does not know. */
  missing: string[];
}

/** Anything that occurs in the documents, the diff and the questions can be searched for afterwards. */
export async function workday(wire: Wire, canary = "canary"): Promise<Workday> {
  const day: Workday = { answered: { completion: 0, explain: 0, commit: 0, chat: 0 }, missing: [] };
  const uri = `file:///workday/${canary}.ts`;
  const text = `/** ${canary} */\nexport function add(a: number, b: number): number {\n  return a + b;\n}\n\nconst ${canary} = \n`;
  await typing(wire, uri, text, canary, day);
  const selection = { start: { line: 1, character: 0 }, end: { line: 3, character: 1 } };
  await request(wire, day, "explain", "inkling/explain", { textDocument: { uri, version: 2 }, range: selection, partialResultToken: "explain" });
  await request(wire, day, "commit", "inkling/commitMessage", { change: change(text, canary), partialResultToken: "commit" });
  const question = { role: "user", text: `What does ${canary} do?`, facts: [{ title: `${canary}.ts`, text }] };
  await request(wire, day, "chat", "inkling/chat", { messages: [question], maxTokens: 20, partialResultToken: "chat" });
  wire.notify("textDocument/didClose", { textDocument: { uri } });
  return day;
}

async function typing(wire: Wire, uri: string, text: string, canary: string, day: Workday): Promise<void> {
  wire.notify("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version: 1, text } });
  const position = { line: 5, character: `const ${canary} = `.length };
  const complete = async (): Promise<void> => {
    const { result, error } = await wire.ask("textDocument/inlineCompletion", { textDocument: { uri }, position, context: { triggerKind: 1 } });
    if (error || !result) throw new Error(`completion: ${JSON.stringify(error)}`);
    day.answered.completion += 1;
  };
  await complete();
  for (let version = 2; version < 5; version += 1) {
    wire.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range: { start: position, end: position }, text: "v" }] });
    position.character += 1;
    await complete();
  }
}

function change(text: string, canary: string): object {
  const file = { path: `src/${canary}.ts`, status: "modified", added: 1, removed: 0, before: text, after: `${text}export const ${canary}2 = 2;\n` };
  return { source: "staged", files: [file], first: false, history: [{ subject: "feat: begin", hasBody: false, files: ["src/a.ts"] }], convention: "auto" };
}

const UNKNOWN_METHOD = -32601;

async function request(wire: Wire, day: Workday, feature: keyof Workday["answered"], method: string, params: object): Promise<void> {
  const { error }: Message = await wire.ask(method, params);
  if (error?.code === UNKNOWN_METHOD) day.missing.push(feature);
  else if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
  else day.answered[feature] += 1;
}
