// The list of tokens in a GGUF header: which ids texts have, and whether it is one that an engine can load. Keeps no list of texts: a
// vocabulary may have a quarter of a million.
import { type Cursor, GgufError } from "./gguf-cursor.js";

export function findTokens(cursor: Cursor, key: string, count: number, wanted: ReadonlySet<string>, found: Map<string, number>): void {
  const longest = Math.max(...[...wanted].map((text) => Buffer.byteLength(text)));
  for (let id = 0; id < count; id += 1) {
    const bytes = cursor.u64(key);
    if (bytes > longest) cursor.skip(bytes, key);
    else {
      const text = cursor.take(bytes, key).toString("utf8");
      if (wanted.has(text) && !found.has(text)) found.set(text, id);
    }
  }
}

/** llama.cpp ends the process at a token that is there twice ("id_to_token.size() == token_to_id.size()"). */
export function refuseRepeatedTokens(cursor: Cursor, key: string, count: number): void {
  const start = cursor.position;
  const hashes = new Float64Array(count);
  for (let id = 0; id < count; id += 1) {
    const token = tokenAt(cursor, key);
    hashes[id] = token.length === 0 ? -1 - id : hash(token); // those without a text get one of their own
  }
  hashes.sort();
  const suspects = new Set(hashes.filter((value, index) => value === hashes[index + 1]));
  if (suspects.size === 0) return;
  cursor.position = start;
  const seen = new Map<string, number>();
  for (let id = 0; id < count; id += 1) {
    const token = tokenAt(cursor, key);
    if (token.length === 0 || !suspects.has(hash(token))) continue;
    const text = token.toString("latin1");
    const first = seen.get(text);
    if (first !== undefined) throw new GgufError("damaged", `its vocabulary has ${JSON.stringify(token.toString("utf8").slice(0, 40))} twice, as tokens ${first} and ${id}`);
    seen.set(text, id);
  }
}

/** As the engine reads it: up to the first zero. */
function tokenAt(cursor: Cursor, key: string): Buffer {
  const token = cursor.take(cursor.u64(key), key);
  const end = token.indexOf(0);
  return end === -1 ? token : token.subarray(0, end);
}

/** 53 bits, as a number: two texts of one vocabulary hardly ever have the same, and are then compared. */
function hash(bytes: Buffer): number {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0) * 2 ** 21 + (b >>> 11);
}
