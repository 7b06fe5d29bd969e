// How each model family wants a fill-in-the-middle prompt written, read from models/fim.json, and which family a loaded
// model belongs to. Knows nothing of budgets: prompt.ts makes a context fit.
import fimFile from "../../../models/fim.json";
import type { ComposedContext } from "../context/context.js";
import type { LanguageModel, Token } from "../model.js";

/** One entry of models/fim.json. `{prefix}`, `{suffix}`, `{files}`, `{path}` and `{text}` are filled in; all else is a marker. */
export interface FimFormat {
  family: string;
  /** Regular expression on the model's name, where the markers alone do not tell the family. */
  models?: string;
  layout: string[];
  /** The layout without other files, where it differs. */
  alone?: string[];
  /** How another file is written where the layout says `{files}`; without it the family gets none. */
  file?: string[];
  /** Further tokens that end an answer, where the vocabulary has them. */
  stops?: string[];
}

/** A format with the token ids that the loaded model has for its markers. */
export interface BoundFormat {
  format: FimFormat;
  markers: ReadonlyMap<string, Token>;
  stops: ReadonlySet<Token>;
}

export type FormatChoice = { ok: true; bound: BoundFormat } | { ok: false; reason: string };

/** A prompt before tokenization: control tokens by their text, and text that stays text. */
export type Piece = { marker: string } | { text: string; of: TextOf };

/** What a text is: the document's path, the text before or after the cursor, or another file, by its index. */
export type TextOf = "path" | "prefix" | "suffix" | number;

export const fimFormats: readonly FimFormat[] = fimFile.formats;

/** The first format whose every marker is exactly one token of this model; otherwise why there is none. */
export function chooseFormat(model: LanguageModel, formats: readonly FimFormat[] = fimFormats): FormatChoice {
  const missing: string[] = [];
  for (const format of formats) {
    if (format.models !== undefined && !new RegExp(format.models, "i").test(model.name)) continue;
    const texts = markersOf(format);
    const absent = texts.find(text => model.specialToken(text) === undefined);
    if (absent === undefined) return { ok: true, bound: bind(format, texts, model) };
    missing.push(`${format.family}: no single token ${absent}`);
  }
  if (model.fim !== undefined) return { ok: true, bound: boundByMetadata(model.fim) };
  return { ok: false, reason: `${model.name} has no fill-in-the-middle tokens of a known family (${missing.join("; ")}).` };
}

/** The prompt for this context as pieces, in order. Empty texts are left out. */
export function layOut(format: FimFormat, context: ComposedContext): Piece[] {
  const files = format.file === undefined ? [] : context.neighbours;
  const layout = files.length === 0 ? format.alone ?? format.layout : format.layout;
  const own = { path: context.path, text: "", prefix: context.outline + context.prefix, suffix: context.suffix };
  return layout
    .flatMap(part => part === "{files}"
      ? files.flatMap((file, index) => (format.file ?? []).map(inner => fill(inner, { ...own, ...file }, index)))
      : [fill(part, own)])
    .filter(piece => "marker" in piece || piece.text !== "");
}

function fill(part: string, values: { path: string; text: string; prefix: string; suffix: string }, file?: number): Piece {
  switch (part) {
    case "{path}": return { text: `${values.path}\n`, of: file ?? "path" };
    case "{text}": return { text: values.text, of: file ?? "path" };
    case "{prefix}": return { text: values.prefix, of: "prefix" };
    case "{suffix}": return { text: values.suffix, of: "suffix" };
    default: return { marker: part };
  }
}

function markersOf(format: FimFormat): string[] {
  const parts = [...format.layout, ...format.alone ?? [], ...format.file ?? []];
  return [...new Set(parts.filter(part => !part.startsWith("{")))];
}

function bind(format: FimFormat, texts: readonly string[], model: LanguageModel): BoundFormat {
  const tokens = (list: readonly string[]) => list.map(text => model.specialToken(text)).filter(token => token !== undefined);
  return {
    format,
    markers: new Map(tokens(texts).map((token, i) => [texts[i] ?? "", token])),
    stops: new Set([...tokens(texts), ...tokens(format.stops ?? [])]),
  };
}

/** A family that we do not know, but whose GGUF names its three markers: prefix, suffix, middle is what nearly all were trained on. */
function boundByMetadata(fim: { prefix: Token; suffix: Token; middle: Token }): BoundFormat {
  const ids = [fim.prefix, fim.suffix, fim.middle];
  const names = ["<prefix>", "<suffix>", "<middle>"];
  return {
    format: { family: "metadata", layout: ["<prefix>", "{prefix}", "<suffix>", "{suffix}", "<middle>"] },
    markers: new Map(names.map((name, i) => [name, ids[i] ?? 0])),
    stops: new Set(ids),
  };
}
