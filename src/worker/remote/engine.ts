// A model on a server as a language model like any other. It has no cache that we could see, no threads of ours, and probabilities only where
// the server tells them.
import { FIM_ROLES, type BoundFormat } from "./format.js";
import type { FimTokens, GenerateOptions, Generation, Step, Token } from "../../core/model.js";
import type { Counted, Engine } from "../engine-sequence.js";
import { type Ask, type Dialect, question, said } from "./dialect.js";
import type { Transport } from "./transport.js";
import { createTextVocabulary, sections, type TextVocabulary } from "./vocabulary.js";

export interface RemoteModel {
  /** As the server names it; empty where it was not asked for one. */
  id: string;
  name: string;
  contextLength: number;
  dialect: Dialect;
}

/** Roles become markers that no content can spell; the server's own template writes them its own way. */
const CHAT_TEMPLATE = "{% for message in messages %}<|{{ message.role }}|>{{ message.content }}<|end|>{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}";

export class RemoteEngine implements Engine {
  readonly name: string;
  readonly contextLength: number;
  readonly threads = 0;
  readonly fim: FimTokens;
  readonly chatTemplate = CHAT_TEMPLATE;
  readonly format: BoundFormat;
  readonly #vocabulary: TextVocabulary = createTextVocabulary();
  readonly #counted: Counted = { evaluated: 0, generated: 0 };

  constructor(private readonly model: RemoteModel, private readonly transport: Transport) {
    this.name = model.name;
    this.contextLength = model.contextLength;
    const marker = (name: string): Token => this.#vocabulary.marker(name);
    this.fim = { prefix: marker("prefix"), suffix: marker("suffix"), middle: marker("middle"), fileSeparator: marker("file") };
    this.format = { format: FIM_ROLES, markers: new Map(["file", "text", "suffix", "prefix", "middle"].map((name) => [name, marker(name)])), stops: new Set() };
  }

  tokenize(text: string): Token[] {
    return this.#vocabulary.tokenize(text);
  }

  tokenizeMarkup(text: string): Token[] {
    return text.split(/(<\|\w+\|>)/).flatMap((piece) => this.specialToken(piece) ?? this.tokenize(piece));
  }

  detokenize(tokens: readonly Token[]): string {
    return this.#vocabulary.detokenize(tokens);
  }

  specialToken(text: string): Token | undefined {
    const role = /^<\|(system|user|assistant|end)\|>$/.exec(text)?.[1];
    return role === undefined ? undefined : this.#vocabulary.marker(role);
  }

  async generate(prompt: readonly Token[], { maxTokens, temperature = 0, signal }: GenerateOptions): Promise<Generation> {
    const started = performance.now();
    this.#counted.evaluated += prompt.length;
    const stop = new AbortController();
    const asked = question(this.model.dialect, this.#ask(prompt), { model: this.model.id, maxTokens, temperature });
    const answer = this.#steps(this.transport.stream(asked, AbortSignal.any([signal, stop.signal])), maxTokens, stop);
    const first = await answer.next();
    const prefillMs = performance.now() - started;
    return { reused: 0, prefillMs, steps: startingWith(first, answer) };
  }

  counted(): Counted {
    return { ...this.#counted };
  }

  settled(): Promise<void> {
    return Promise.resolve(); // nothing is computed here
  }

  cached(): number {
    return 0;
  }

  score(): Promise<number[]> {
    return Promise.reject(new Error("a server does not tell how likely a given text is"));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  /** Ends the request as soon as nobody pulls any more. */
  async *#steps(events: AsyncIterable<unknown>, maxTokens: number, stop: AbortController): AsyncGenerator<Step, void, undefined> {
    try {
      let count = 0;
      for await (const event of events) {
        const piece = said(event);
        if (!piece) continue;
        this.#counted.generated += 1;
        yield { token: this.#vocabulary.tokenOf(piece.text), probability: piece.probability };
        if (++count >= maxTokens) return;
      }
    } finally {
      stop.abort();
    }
  }

  #ask(prompt: readonly Token[]): Ask {
    const parts = sections(prompt, this.#vocabulary);
    const textOf = (name: string | undefined): string => parts.find(({ marker }) => marker === name)?.text ?? "";
    if (parts.some(({ marker }) => marker === "user" || marker === "system")) {
      const messages = parts.filter(({ marker, text }) => ["system", "user", "assistant"].includes(marker ?? "") && text !== "");
      return { kind: "converse", messages: messages.map(({ marker, text }) => ({ role: marker!, content: text })) };
    }
    const files = parts.flatMap(({ marker, text }, index) => marker === "file" ? [{ path: text.trim(), text: parts[index + 1]?.text ?? "" }] : []);
    return { kind: "fill", files, prefix: textOf("prefix") || textOf(undefined), suffix: textOf("suffix") };
  }
}

async function *startingWith(first: IteratorResult<Step, void>, rest: AsyncGenerator<Step, void, undefined>): AsyncGenerator<Step, void, undefined> {
  if (first.done === true) return;
  try {
    yield first.value;
    yield* rest;
  } finally {
    await rest.return();
  }
}
