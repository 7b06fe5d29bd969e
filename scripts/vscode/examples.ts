// Where to type in the examples, and what: each has one line with nothing but its indentation.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Example {
  name: string;
  /** Typed at the place. */
  typed: string;
}

export const examples: readonly Example[] = [
  { name: "vector.ts", typed: "const dy " },
  { name: "queue.js", typed: "this.notify(" },
  { name: "inventory.py", typed: "item = " },
];

/** The end of the empty line; line and column count from 1. */
export function placeToType(folder: string, { name }: Example): { line: number; column: number } {
  const lines = readFileSync(join(folder, name), "utf8").split("\n");
  const index = lines.findIndex((line) => /^[ \t]+$/.test(line));
  if (index < 0) throw new Error(`${name} has no empty line to type in.`);
  return { line: index + 1, column: lines[index]!.length + 1 };
}
