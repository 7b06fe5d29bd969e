// The message, from beginning to end: facts, convention, the composed message; and where there is a model for conversation, its words
// instead, as they come, as long as they hold against the facts.
import type { ChangeSet, CommitMessage } from "../../protocol/commit.js";
import { redact, secretSpans } from "../context/secrets.js";
import type { Syntax } from "../syntax/parser.js";
import { compose, type Composed, sentence, topFact } from "./compose.js";
import { type Convention, learn, ticketOf } from "./convention.js";
import { type Facts, findFacts } from "./facts.js";
import type { Speaker } from "../speaker.js";
import { phrase } from "./speak.js";
import { applyTemplate } from "./template.js";

export interface WriteDeps {
  syntax: Syntax;
  /** A model for conversation; undefined where there is none. */
  speaker?: Speaker | undefined;
  signal: AbortSignal;
  /** The whole message as far as it is written. */
  onText: (text: string) => void;
  now: () => number;
}

export async function writeMessage(whole: ChangeSet, { syntax, speaker, signal, onText, now }: WriteDeps): Promise<CommitMessage> {
  const begun = now();
  if (whole.prepared !== undefined) return prepared(whole);
  const change = withoutSecrets(whole);
  const found = findFacts(change, syntax);
  const convention = learn(change.history, change.convention);
  const composed = compose(change, found, convention);
  const factsMs = now() - begun;
  const texts = textsOf(found, convention);
  const say = (subject: string, body: string): string => applyTemplate(change.template, subject, body, ticketOf(change.branch, convention.ticket));
  const message = (subject: string, body: string, author: CommitMessage["author"], more: Partial<CommitMessage> = {}): CommitMessage => ({
    subject, body, text: say(subject, body), author, facts: texts, counted: found.counted.length, read: change.files.length - found.counted.length, factsMs, ...more,
  });
  if (!speaker || !isWorthAsking(change, found, composed)) {
    onText(say(composed.subject, composed.body));
    return message(composed.subject, composed.body, "facts");
  }
  const spoken = await phrase({ change, found, convention, composed, facts: texts }, speaker, signal, onText);
  if (spoken.ok && secretSpans(spoken.subject + spoken.body).length === 0) return message(spoken.subject, spoken.body, "model", { model: speaker.name });
  onText(say(composed.subject, composed.body));
  return message(composed.subject, composed.body, "facts", { model: speaker.name, rejected: spoken.ok ? "it contains a secret" : redact(spoken.reason) });
}

/** A release, a version, a moved file: there is nothing that a model could say better. */
function isWorthAsking(change: ChangeSet, found: Facts, { subject }: Composed): boolean {
  const { phrase: key } = topFact(change, found);
  return subject !== "" && !/^(first|release|bump|bumpAll|executable|notExecutable|format|regenerate)$/.test(key);
}

function textsOf({ facts }: Facts, convention: Convention): string[] {
  const plain: Convention = { ...convention, language: "en", tense: "imperative", capital: false, fullStop: false };
  return facts.slice(0, 40).map((fact) => sentence(fact, plain, 6));
}

/** Files of settings write their values without quotes, so the key alone tells. */
const settings = /\.(ya?ml|toml|ini|cfg|conf|properties|env|tf|json|jsonc|xml)$|(^|\/)(Dockerfile|\.env)[^/]*$/i;
const secretSetting = /^(\s*(?:-\s*|export\s+|ENV\s+|ARG\s+)?["']?[\w.-]*(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|auth(?!or))[\w.-]*["']?\s*[:=]\s*["']?)(?![${<\s])([^\s"',]{4,})/gim;

function redactFile(path: string, text: string): string {
  const known = redact(text);
  return settings.test(path) ? known.replace(secretSetting, (_, key: string) => `${key}REDACTED`) : known;
}

/** Secrets are blacked out before anything is compared, so that neither facts nor prompts can have them. */
function withoutSecrets(change: ChangeSet): ChangeSet {
  const files = change.files.map((file) => {
    const { before, after } = file;
    return { ...file, ...before !== undefined && { before: redactFile(file.path, before) }, ...after !== undefined && { after: redactFile(file.path, after) } };
  });
  return { ...change, files };
}

function prepared({ prepared: text = "", files }: ChangeSet): CommitMessage {
  const [subject = "", ...rest] = text.split("\n");
  return { subject, body: rest.join("\n").trim(), text, author: "git", facts: [], counted: files.length, read: 0, factsMs: 0 };
}
