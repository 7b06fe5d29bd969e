// JSON lines too large for memory: reads them one after another, and any of them again by its place in the file.
import { closeSync, openSync, readSync } from "node:fs";

export interface Line {
  /** In bytes from the start of the file. */
  offset: number;
  length: number;
  text: string;
}

export function* linesOf(path: string): Generator<Line> {
  const handle = openSync(path, "r");
  const chunk = Buffer.alloc(1 << 22);
  let rest = Buffer.alloc(0);
  let offset = 0;
  try {
    for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk)) {
      const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        yield { offset: offset + start, length: end - start, text: bytes.toString("utf8", start, end) };
        start = end + 1;
      }
      rest = bytes.subarray(start);
      offset += start;
    }
  } finally {
    closeSync(handle);
  }
}

export function lineAt(handle: number, { offset, length }: Omit<Line, "text">): string {
  const bytes = Buffer.alloc(length);
  readSync(handle, bytes, 0, length, offset);
  return bytes.toString("utf8");
}
