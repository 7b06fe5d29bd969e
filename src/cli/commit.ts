// `inkling commit`: the message for what would be committed now, through the same worker that the editor uses. Prints it; commits nothing.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { collectChange } from "../git/collect.js";
import { type ChangeSet, type CommitMessage, commitMethods, type CommitParams, type ConventionChoice } from "../protocol/commit.js";
import { defaultModelFile, startWorker } from "./client.js";
import { orUsageError, UsageError } from "./usage.js";

export const usage = `Usage: inkling commit [REPO] [--chat-model GGUF] [--convention auto|conventional|plain] [--json]

Prints a message for the staged changes of a repository, or, where nothing is staged, for its working tree. Default: the one that you are in.
  --chat-model GGUF   a model for conversation that words the message; without one it is composed from the facts
  --convention NAME   auto (default) writes as the repository's history does
  --json              prints one line: subject, body, text, author, facts, files read and counted, and times (ms)

Example: git commit -e -m "$(inkling commit)"`;

const conventions: readonly string[] = ["auto", "conventional", "plain"] satisfies ConventionChoice[];

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = orUsageError(() => parseArgs({
    args, allowPositionals: true,
    options: { "chat-model": { type: "string" }, convention: { type: "string", default: "auto" }, json: { type: "boolean", default: false } },
  }));
  if (positionals.length > 1) throw new UsageError("there is one repository at most");
  if (!conventions.includes(values.convention)) throw new UsageError(`there is no convention ${values.convention}`);
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort(new Error("stopped")));
  const begun = performance.now();
  const change = await collectChange({ folder: resolve(positionals[0] ?? "."), signal: controller.signal, convention: values.convention as ConventionChoice });
  const collectMs = performance.now() - begun;
  const message = await ask(change, values["chat-model"], controller.signal);
  if (values.json) console.log(JSON.stringify({ ...message, factsMs: Math.round(message.factsMs), collectMs: Math.round(collectMs), files: change.files.length }));
  else console.log(message.text);
  return 0;
}

async function ask(change: ChangeSet, chatModel: string | undefined, signal: AbortSignal): Promise<CommitMessage> {
  const worker = await startWorker({ modelFile: defaultModelFile(), ...chatModel !== undefined && { chatModelFile: resolve(chatModel) } });
  try {
    return await worker.request<CommitMessage>(commitMethods.message, { change } satisfies CommitParams, { signal });
  } finally {
    await worker.close();
  }
}
