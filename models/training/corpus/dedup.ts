// Finds files that are in the corpus already: the same tokens, or nearly so (Jaccard similarity of the sets of tokens at least
// 0.8, found by MinHash with banding). Knows only token hashes.
import { createHash } from "node:crypto";
import { mix } from "./tokens.js";

const rows = 4;
const bands = 16;
const threshold = 0.8;

const factors = Uint32Array.from({ length: rows * bands }, (_, index) => mix(2 * index + 1) | 1);
const offsets = Uint32Array.from({ length: rows * bands }, (_, index) => mix(2 * index + 2));

/** Size of the intersection over size of the union, of two ascending lists without repetition. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i]!, b[j]!];
    if (left === right) common++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return common / Math.max(1, a.length + b.length - common);
}

/** One key a band of the MinHash signature; near-duplicates share at least one with a probability of 0.9998 at the threshold. */
function bandKeys(tokens: Uint32Array): number[] {
  return Array.from({ length: bands }, (_, band) => {
    let key = band;
    for (let row = band * rows; row < (band + 1) * rows; row++) {
      const [factor, offset] = [factors[row]!, offsets[row]!];
      let least = 0xffffffff;
      for (const token of tokens) least = Math.min(least, (Math.imul(token, factor) + offset) >>> 0);
      key = Math.imul(mix(key), 0x01000193) ^ least;
    }
    return key;
  });
}

/** Returns a function that says of each file in turn, given its token hashes, whether one before it was the same. */
export function duplicates(): (hashes: Uint32Array) => "exact duplicate" | "near duplicate" | undefined {
  const exact = new Set<string>();
  const sets: Uint32Array[] = [];
  const buckets = new Map<number, number[]>();
  return (hashes) => {
    const digest = createHash("sha1").update(hashes).digest("base64");
    if (exact.has(digest)) return "exact duplicate";
    exact.add(digest);
    const tokens = Uint32Array.from(new Set(hashes)).sort();
    const keys = bandKeys(tokens);
    const candidates = new Set(keys.flatMap((key) => buckets.get(key) ?? []));
    for (const index of candidates) if (jaccard(tokens, sets[index]!) >= threshold) return "near duplicate";
    sets.push(tokens);
    for (const key of keys) {
      const bucket = buckets.get(key);
      if (bucket) bucket.push(sets.length - 1);
      else buckets.set(key, [sets.length - 1]);
    }
    return undefined;
  };
}
