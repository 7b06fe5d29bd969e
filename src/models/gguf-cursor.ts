// Reads forward through a file that nobody trusts: every count is checked against the bytes that are left, and against what a header can
// sensibly have, before anything is read or kept. Knows the scalar types of GGUF and nothing of models.
import { readSync } from "node:fs";

/** What is wrong with a header. `cut` means that the file ends where more was promised. */
export class GgufError extends Error {
  constructor(readonly kind: "foreign" | "damaged" | "cut", message: string) {
    super(message);
  }
}

/** Real headers take up to 20 MB (a large vocabulary with its merges). What claims more is damaged, and is not read to the end. */
const MAX_HEADER = 64 << 20;
const MAX_STRING = 1 << 20;
const WINDOW = 1 << 18;

/** Type numbers of the two metadata values that have no fixed size. */
export const STRING = 8;
export const ARRAY = 9;
/** The others: bytes, and how to read them. */
export const SCALARS: Partial<Record<number, readonly [bytes: number, read: (from: Buffer) => number | boolean]>> = {
  0: [1, (from) => from.readUInt8()],
  1: [1, (from) => from.readInt8()],
  2: [2, (from) => from.readUInt16LE()],
  3: [2, (from) => from.readInt16LE()],
  4: [4, (from) => from.readUInt32LE()],
  5: [4, (from) => from.readInt32LE()],
  6: [4, (from) => from.readFloatLE()],
  7: [1, (from) => from.readUInt8() !== 0],
  10: [8, (from) => Number(from.readBigUInt64LE())],
  11: [8, (from) => Number(from.readBigInt64LE())],
  12: [8, (from) => from.readDoubleLE()],
};

const strict = new TextDecoder("utf-8", { fatal: true });

/** Reads by a window of {@link WINDOW} bytes; what is only skipped is never read. */
export class Cursor {
  #window = Buffer.alloc(0);
  #windowStart = 0;
  position = 0;

  constructor(private readonly fd: number, readonly size: number) {}

  get left(): number {
    return this.size - this.position;
  }

  skip(bytes: number, what: string): void {
    if (bytes > this.left) throw new GgufError("cut", `it ends inside ${what}`);
    this.position += bytes;
    if (this.position > MAX_HEADER) throw new GgufError("damaged", `its header claims to be longer than ${MAX_HEADER >> 20} MB`);
  }

  take(bytes: number, what: string): Buffer {
    const at = this.position;
    this.skip(bytes, what);
    if (at < this.#windowStart || at + bytes > this.#windowStart + this.#window.length) this.#fill(at, bytes, what);
    return this.#window.subarray(at - this.#windowStart, at - this.#windowStart + bytes);
  }

  #fill(at: number, bytes: number, what: string): void {
    const buffer = Buffer.allocUnsafe(Math.max(bytes, Math.min(WINDOW, this.size - at)));
    const read = readSync(this.fd, buffer, 0, buffer.length, at);
    if (read < bytes) throw new GgufError("cut", `it ends inside ${what}`);
    this.#window = buffer.subarray(0, read);
    this.#windowStart = at;
  }

  u32(what: string): number {
    return this.take(4, what).readUInt32LE();
  }

  u64(what: string): number {
    return Number(this.take(8, what).readBigUInt64LE());
  }

  string(what: string): string {
    const length = this.u64(what);
    if (length > MAX_STRING) throw new GgufError(length > this.size ? "damaged" : "cut", `${what} claims ${length} bytes`);
    return this.take(length, what).toString("utf8");
  }

  /** A name that other parts of the file go by: anything but plain text in it is damage. */
  name(what: string): string {
    const length = this.u64(what);
    if (length > 512) throw new GgufError(length > this.size || length <= this.left ? "damaged" : "cut", `${what} claims ${length} bytes`);
    try {
      const text = strict.decode(this.take(length, what));
      if (text !== "" && !/[\u0000-\u0020\u007f]/.test(text)) return text;
    } catch (error) {
      if (error instanceof GgufError) throw error;
    }
    throw new GgufError("damaged", `${what} is not a name`);
  }

  scalar(type: number, what: string): number | boolean {
    const scalar = SCALARS[type];
    if (!scalar) throw new GgufError("damaged", `${what} has the unknown type ${type}`);
    const [bytes, read] = scalar;
    return read(this.take(bytes, what));
  }
}
