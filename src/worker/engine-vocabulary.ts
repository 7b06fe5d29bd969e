// Between text and tokens, for one loaded model: its vocabulary, its markers and what its metadata says about itself.
import { basename } from "node:path";
import type { LlamaModel, Token as LlamaToken } from "node-llama-cpp";
import type { FimTokens, Token } from "../core/model.js";

export interface Vocabulary {
  readonly name: string;
  readonly fim: FimTokens | undefined;
  readonly chatTemplate: string | undefined;
  readonly bosText: string | undefined;
  readonly eosText: string | undefined;
  readonly size: number;
  tokenize(text: string): Token[];
  tokenizeMarkup(text: string): Token[];
  /** Each text by itself. */
  tokenizeAll(texts: readonly string[]): Token[][];
  detokenize(tokens: readonly Token[]): string;
  specialToken(text: string): Token | undefined;
  /** End tokens and all other control tokens: none of them is text. */
  isEnd(token: Token): boolean;
}

export function vocabularyOf(model: LlamaModel): Vocabulary {
  const { general, tokenizer } = model.fileInfo.metadata;
  const ends: boolean[] = []; // by token: asked for every candidate of every token
  /** SentencePiece vocabularies put a space before every text; these keep it out. */
  const newline: LlamaToken[] = model.detokenize(model.tokenize(" a")) === " a" ? [] : model.tokenize("\n", false, "trimLeadingSpace");
  const tokenize = (text: string, markup: boolean): Token[] => newline.length === 0 ? model.tokenize(text, markup) : model.tokenize(text, markup, "trimLeadingSpace");
  const separator = separatorOf(model);
  return {
    name: typeof general.name === "string" && general.name !== "" ? general.name : basename(model.filename ?? "model"),
    fim: fimTokens(model),
    chatTemplate: tokenizer.chat_template,
    bosText: model.tokens.bosString ?? undefined,
    eosText: model.tokens.eosString ?? undefined,
    size: tokenizer.ggml.tokens.length,
    tokenize: (text) => tokenize(text, false),
    tokenizeMarkup: (text) => tokenize(text, true),
    tokenizeAll: (texts) => tokenizeTogether(texts, separator, (text) => tokenize(text, false)),
    // Bytes at the end that do not yet make a character are left out.
    detokenize: (tokens) => model.detokenize(tokens as readonly LlamaToken[], false, newline).replace(/\uFFFD+$/, ""),
    specialToken(text) {
      const [token, ...rest] = model.tokenize(text, true);
      return token !== undefined && rest.length === 0 && model.isSpecialToken(token) ? token : undefined;
    },
    isEnd(token) {
      return ends[token] ??= model.isSpecialToken(token as LlamaToken);
    },
  };
}

const NUL = "\0";

/**
 * For vocabularies whose pattern llama.cpp compiles anew for each text, which takes longer than the text: a token that no other text can be
 * merged with. Their pattern looks at nothing but digits, so what stands left and right of it is cut as if it were alone.
 */
function separatorOf(model: LlamaModel): Token | undefined {
  const { ggml } = model.fileInfo.metadata.tokenizer;
  if ((ggml as { pre?: string }).pre !== "superbpe") return undefined;
  const [token, ...rest] = model.tokenize(NUL);
  const written = ggml.tokens[token ?? -1];
  return rest.length === 0 && written !== undefined && ggml.tokens.filter((text) => text.includes(written)).length === 1 ? token : undefined;
}

function tokenizeTogether(texts: readonly string[], separator: Token | undefined, tokenize: (text: string) => Token[]): Token[][] {
  if (separator === undefined || texts.some((text) => text.includes(NUL))) return texts.map(tokenize);
  const split: Token[][] = texts.map(() => []);
  let at = 0;
  for (const token of tokenize(texts.join(NUL))) {
    if (token === separator) at += 1;
    else split[at]!.push(token);
  }
  return split;
}

/** llama.cpp finds the markers by the metadata's ids or, in older files, by their usual texts. */
function fimTokens(model: LlamaModel): FimTokens | undefined {
  const { prefix, suffix, middle } = model.tokens.infill;
  if (prefix === null || suffix === null || middle === null) return undefined;
  const ids = model.fileInfo.metadata.tokenizer.ggml as unknown as Record<string, unknown> | undefined;
  const separator = ids?.["fim_sep_token_id"];
  return { prefix, suffix, middle, ...typeof separator === "number" && { fileSeparator: separator } };
}
