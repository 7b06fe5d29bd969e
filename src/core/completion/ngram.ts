// A language model made of nothing but the text at hand: what followed the longest stretches of it that look like the present
// one. It works on symbols of any kind (words of a lexer, tokens of a model) and knows nothing of text.

export interface NgramIndex<S> {
  /** All sequences in a row, each followed by one `undefined`. */
  readonly symbols: readonly (S | undefined)[];
  /** Where each symbol occurs, in rising order. */
  readonly positions: ReadonlyMap<S, readonly number[]>;
  /** Contexts up to this many symbols are told apart. */
  readonly order: number;
}

/** Index of the sequences; no context reaches from one into the next. Time and memory grow with their length only. */
export function indexSequences<S>(sequences: readonly (readonly S[])[], order = 16): NgramIndex<S> {
  const symbols: (S | undefined)[] = [];
  const positions = new Map<S, number[]>();
  for (const sequence of sequences) {
    for (const symbol of sequence) {
      const known = positions.get(symbol);
      if (known) known.push(symbols.length);
      else positions.set(symbol, [symbols.length]);
      symbols.push(symbol);
    }
    symbols.push(undefined);
  }
  return { symbols, positions, order };
}

/** A distribution over all symbols: what was seen after the context, and the probability that is left for everything. */
export interface Prediction<S> {
  readonly seen: ReadonlyMap<S, number>;
  /** Share that is spread over all symbols by how often they occur at all. */
  readonly rest: number;
  /** How many symbols at the context's end were seen before with something after them. */
  readonly longest: number;
}

/** Occurrences this many symbols from the cursor weigh half of those beside it; chosen on development files. */
const halfDistance = 200;

/**
 * What follows the context. Interpolates all orders, longest first, as PPM does: a context that was followed `n` times by `k`
 * different symbols passes `k / (n + k)` of its share on to the next shorter one (escape method C, Moffat 1990).
 * Occurrences are weighted by their distance from the position `near` in the index, where one is given.
 */
export function predict<S>(index: NgramIndex<S>, context: readonly S[], near?: number): Prediction<S> {
  const orders = countSuccessors(index, context, near);
  const seen = new Map<S, number>();
  const longest = orders.length;
  let rest = 1;
  for (const { weights, occurrences, weight } of orders.reverse()) {
    const escape = weights.size / (occurrences + weights.size);
    for (const [symbol, w] of weights) seen.set(symbol, (seen.get(symbol) ?? 0) + (rest * (1 - escape) * w) / weight);
    rest *= escape;
  }
  return { seen, rest, longest };
}

export function probabilityOf<S>(index: NgramIndex<S>, prediction: Prediction<S>, symbol: S): number {
  const often = index.positions.get(symbol)?.length ?? 0;
  return (prediction.seen.get(symbol) ?? 0) + (prediction.rest * often) / index.symbols.length;
}

interface Successors<S> {
  weights: Map<S, number>;
  occurrences: number;
  /** Sum of the weights. */
  weight: number;
}

/** Successors of the context's last symbol, of its last two symbols, and so on up to the longest stretch that occurs. */
function countSuccessors<S>(index: NgramIndex<S>, context: readonly S[], near: number | undefined): Successors<S>[] {
  const orders: Successors<S>[] = [];
  const last = context.at(-1);
  for (const position of (last !== undefined && index.positions.get(last)) || []) {
    const next = index.symbols[position + 1];
    if (next === undefined) continue;
    const weight = near === undefined ? 1 : halfDistance / (halfDistance + Math.abs(position - near));
    const length = commonLength(index, context, position);
    for (let order = 0; order < length; order++) {
      const successors = (orders[order] ??= { weights: new Map(), occurrences: 0, weight: 0 });
      successors.weights.set(next, (successors.weights.get(next) ?? 0) + weight);
      successors.occurrences++;
      successors.weight += weight;
    }
  }
  return orders;
}

/** How many symbols the context's end and the text up to the position have in common, at most the index's order. */
function commonLength<S>(index: NgramIndex<S>, context: readonly S[], position: number): number {
  const longest = Math.min(index.order, context.length);
  let length = 1;
  while (length < longest) {
    const symbol = index.symbols[position - length];
    if (symbol === undefined || symbol !== context[context.length - 1 - length]) break;
    length++;
  }
  return length;
}
