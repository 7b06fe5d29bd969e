// Commit messages as the worker serves them: grammars for the languages in the change, the model for conversation where one is chosen,
// partial results as the message grows. What is said is core's business, and git the client's.
import { type CancellationToken, type Connection, LSPErrorCodes, ProgressType, ResponseError } from "vscode-languageserver";
import { languagesOf } from "../core/commit/facts.js";
import type { Speaker } from "../core/speaker.js";
import { writeMessage } from "../core/commit/write.js";
import { assetsIn } from "../core/syntax/assets.js";
import { openSyntax, type Syntax } from "../core/syntax/parser.js";
import { type CommitMessage, commitMethods, type CommitParams, type CommitProgress } from "../protocol/commit.js";
import { once } from "./once.js";

export interface CommitDeps {
  /** Folder with the grammars and queries. */
  grammars: string;
  /** Undefined where there is no model for conversation; rejects where it cannot be loaded. */
  speaker: (signal: AbortSignal) => Promise<Speaker | undefined>;
  log: (message: string) => void;
}

export function registerCommit(connection: Connection, deps: CommitDeps): void {
  // Of its own: the trees of a change come and go, and those of the open documents stay.
  const opened = once(() => openSyntax(assetsIn(deps.grammars)));
  connection.onRequest(commitMethods.message, async (params: CommitParams, token: CancellationToken): Promise<CommitMessage | ResponseError> => {
    const controller = new AbortController();
    const listener = token.onCancellationRequested(() => controller.abort());
    if (token.isCancellationRequested) controller.abort();
    try {
      return await answer(params, await opened(), deps, tell(connection, params, controller.signal), controller.signal);
    } catch (error) {
      if (controller.signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      throw error;
    } finally {
      listener.dispose();
      controller.abort(); // a generation that nobody waits for leaves the engine
    }
  });
}

async function answer({ change }: CommitParams, syntax: Syntax, deps: CommitDeps, onText: (text: string) => void, signal: AbortSignal): Promise<CommitMessage> {
  await Promise.all(languagesOf(change).map(async (language) => syntax.load(language)));
  signal.throwIfAborted();
  const speaker = await orNone(deps, signal);
  const message = await writeMessage(change, { syntax, speaker, signal, onText, now: () => performance.now() });
  deps.log(`commit message by ${message.author}: ${change.files.length} files, ${message.counted} only counted, facts in ${Math.round(message.factsMs)} ms${message.rejected === undefined ? "" : `; what ${message.model ?? "the model"} said was not taken`}`); // why would quote it, and code has no place in a log
  return message;
}

/** The facts make a message without a model: one that does not load is no reason to have none. */
async function orNone({ speaker, log }: CommitDeps, signal: AbortSignal): Promise<Speaker | undefined> {
  try {
    return await speaker(signal);
  } catch (error) {
    signal.throwIfAborted();
    log(`commit message without a model: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function tell(connection: Connection, { partialResultToken }: CommitParams, signal: AbortSignal): (text: string) => void {
  let last = "";
  return (text) => {
    if (partialResultToken === undefined || signal.aborted || text === last) return;
    last = text;
    void connection.sendProgress(new ProgressType<CommitProgress>(), partialResultToken, { text });
  };
}
