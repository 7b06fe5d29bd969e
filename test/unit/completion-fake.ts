// A language model of a few lines for the tests of completion: it says what it is told to say, word by word.
import type { ComposedContext, SourceDocument } from "../../src/core/context/context.js";
import type { LanguageModel, Token } from "../../src/core/model.js";

export interface FakeModel extends LanguageModel {
  /** The prompts that it was given, as text with the markers. */
  prompts: string[];
  /** Tokens that were pulled from it, over all generations. */
  pulled: number;
}

/** Tokens are words, white space and single characters, numbered as they turn up; `says` gives the answer to a prompt. */
export function fakeModel(says: (prompt: string) => string, options: { name?: string; probability?: number; contextLength?: number; markers?: string[] } = {}): FakeModel {
  const texts: string[] = [];
  const ids = new Map<string, Token>();
  const idOf = (text: string) => {
    const known = ids.get(text) ?? texts.push(text) - 1;
    ids.set(text, known);
    return known;
  };
  const markers = options.markers ?? ["<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", "<|file_sep|>"];
  const detokenize = (tokens: readonly Token[]) => tokens.map(token => token < 0 ? markers[-token - 1] ?? "" : texts[token] ?? "").join("");
  const model: FakeModel = {
    name: options.name ?? "inkling-test",
    contextLength: options.contextLength ?? 2_048,
    fim: undefined,
    prompts: [],
    pulled: 0,
    tokenize: text => (text.match(/[\p{L}\p{N}_]+|\s+|[^]/gu) ?? []).map(idOf),
    detokenize,
    specialToken: text => markers.includes(text) ? -markers.indexOf(text) - 1 : undefined,
    generate(prompt, { maxTokens, signal }) {
      model.prompts.push(detokenize(prompt));
      const answer = model.tokenize(says(detokenize(prompt))).slice(0, maxTokens);
      return Promise.resolve({ reused: 0, prefillMs: 0, steps: speak(model, answer, options.probability ?? 0.999, signal) });
    },
  };
  return model;
}

async function* speak(model: FakeModel, answer: readonly Token[], probability: number, signal: AbortSignal) {
  for (const token of answer) {
    await Promise.resolve();
    signal.throwIfAborted();
    model.pulled += 1;
    yield { token, probability };
  }
}

/** The plain window: everything left and right of the cursor. */
export function plainContext(document: SourceDocument, offset: number): ComposedContext {
  return { neighbours: [], path: document.path, outline: "", prefix: document.text.slice(0, offset), suffix: document.text.slice(offset), parts: [] };
}

const languages: Readonly<Record<string, string>> = {
  ts: "typescript", tsx: "typescriptreact", js: "javascript", py: "python", go: "go", rs: "rust", java: "java", c: "c", cpp: "cpp",
  cs: "csharp", rb: "ruby", php: "php", bash: "shellscript", css: "css",
};

export function sourceDocument(path: string, text: string): SourceDocument {
  return { uri: `file:///${path}`, path, languageId: languages[path.slice(path.lastIndexOf(".") + 1)] ?? "plaintext", version: 1, text };
}
