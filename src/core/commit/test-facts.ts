// Facts about tests: which of the program's names the new tests are about, because that is what a message says of them.
import type { ChangedFile } from "../../protocol/commit.js";
import { diff } from "./diff.js";
import type { Fact } from "./fact.js";
import { fileName } from "./plain-facts.js";
import type { Comparison } from "./versions.js";

const testName = /^(?:Test_?|test_?|it_|should_)(\w+)$/;

export function testFacts(file: ChangedFile, comparison: Comparison | undefined): Fact[] {
  const paths = [file.path];
  const base = { type: "test" as const, paths, certain: true };
  if (file.status === "renamed" && file.added + file.removed === 0) return [{ ...base, phrase: "move", args: [fileName(file.oldPath!), file.path], weight: 14 }];
  if (file.status === "deleted") return [{ ...base, phrase: "remove", args: [fileName(file.path)], weight: 13 }];
  if (!comparison?.after) return [{ ...base, phrase: "updateTests", args: [subjectOfFile(file.path)], weight: 12 }];
  const grows = file.added > file.removed * 2;
  const subject = subjectOf(comparison, file.path);
  return [{ ...base, phrase: grows ? "addTests" : "updateTests", args: [subject], weight: grows ? 18 : 16 }];
}

/** The imported or described name that the new lines speak of most; else what the file is called after. */
function subjectOf({ before, after }: Comparison, path: string): string {
  const lines = (text: string | undefined): string[] => (text ?? "").split("\n");
  const added = diff(lines(before?.text), lines(after!.text)).flatMap((hunk) => hunk.added).join("\n");
  const words = added.match(/[\p{L}_$][\p{L}\p{N}_$]*[!?]?/gu) ?? [];
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const imported = after!.imports.filter((text) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(text) && !/^(import|from|use|using|require|type|as|self|super|crate|package|static|expect|assert\w*|describe|it|test|vi|jest|mock\w*|beforeEach|afterEach)$/.test(text));
  const described = [...after!.text.matchAll(/\b(?:describe|context)\s*\(?\s*["'`]?([\w.#:]+)["'`]?\s*[,)]/g)].map((match) => match[1]!.split(/[.#:]+/).at(-1)!);
  const named = words.flatMap((word) => testName.exec(word)?.[1] ?? []);
  const candidates = [...new Set([...imported, ...described])].filter((name) => counts.has(name));
  candidates.sort((a, b) => counts.get(b)! - counts.get(a)!);
  return candidates[0] ?? named.find((name) => counts.has(name)) ?? subjectOfFile(path);
}

const subjectOfFile = (path: string): string => fileName(path);
