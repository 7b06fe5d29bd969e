// What a model that cannot converse answers in the chat: the facts that were attached, and how it would go on with the code in the
// question. It never pretends to talk.
import { complete } from "../core/completion/complete.js";
import { fenced } from "../core/chat/prompts.js";
import type { ChatAnswer, ChatParams } from "../protocol/chat.js";
import type { Session } from "./completion.js";
import { orAborted } from "./gate.js";

export async function completeInChat({ messages, languageId = "plaintext" }: ChatParams, session: Session, onText: (text: string) => void, signal: AbortSignal): Promise<ChatAnswer> {
  const loaded = session.loaded ?? await orAborted(session.loading, signal);
  if (!loaded.ok) return { kind: "no-model", model: session.modelName, message: loaded.problem.message };
  const model = loaded.model.engine.name;
  const { text = "", facts = [] } = messages.at(-1) ?? {};
  for (const fact of facts) onText(`**${fact.title}**\n\n${fact.text}\n\n`);
  const code = looksLikeCode(text) ? await continuation(text, languageId, loaded.deps(), session, signal) : "";
  if (code !== "") onText(fenced(`${text}${code}`, languageId === "plaintext" ? "" : languageId));
  return { kind: "completed", model, code: code !== "", facts: facts.length > 0 };
}

async function continuation(text: string, languageId: string, deps: Parameters<typeof complete>[3], { workspace }: Session, signal: AbortSignal): Promise<string> {
  await workspace.prepare(languageId);
  const document = { uri: "untitled:chat", path: "chat", languageId, version: 0, text };
  const { items: [item], reason, unfiltered = "" } = await complete(document, text.length, { automatic: false }, deps, signal);
  // Ghost text had better stay away than be wrong; who asks wants to see what there is.
  return item?.text ?? (reason === "low-confidence" ? unfiltered.trimEnd() : "");
}

/** A question in words is not continued as if it were code: that would look like an answer. */
export function looksLikeCode(text: string): boolean {
  const trimmed = text.trim();
  if (/[?!.]$/.test(trimmed) && !/[;{}()=]/.test(trimmed)) return false;
  return /[{}();=<>[\]]|=>|:\s*$|^\s*(def|class|function|fn|func|import|const|let|var|public|private|return|if|for|while|#include|package|struct|enum|interface|type)\b/m.test(trimmed);
}
