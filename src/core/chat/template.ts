// A model's own chat template (Jinja, from its GGUF) turned into pieces: what the template wrote, and where the contents stand in it.
// The template never sees a content, only a placeholder that nobody can guess, so no content can become part of the markup.
import { randomBytes } from "node:crypto";
import { Template } from "@huggingface/jinja";

export interface Message {
  role: "system" | "user" | "assistant";
  text: string;
}

export type Piece =
  | { kind: "markup"; text: string }
  | { kind: "content"; text: string };

export interface ChatTemplate {
  /** The prompt up to where the model's next answer begins. Messages may come in any order of roles; empty ones are left out. */
  render(messages: readonly Message[]): Piece[];
  /** What ends an answer, as text; for files whose markers are no tokens. Undefined where the template writes nothing there. */
  readonly end: string | undefined;
}

/** What else the template may ask for. */
export interface TemplateTexts {
  bos: string | undefined;
  eos: string | undefined;
}

/** The template cannot be used; the message says why. */
export class TemplateError extends Error {}

/** How a template wants to be told: some know no system prompt, some want contents in parts. */
interface Manner {
  system: boolean;
  parts: boolean;
}

const manners: readonly Manner[] = [
  { system: true, parts: false }, { system: false, parts: false }, { system: true, parts: true }, { system: false, parts: true },
];

/** Tries which manner the template understands. Throws {@link TemplateError} if none. */
export function openTemplate(source: string, texts: TemplateTexts): ChatTemplate {
  let template: Template;
  try {
    template = new Template(source);
  } catch (error) {
    throw new TemplateError(`its chat template cannot be read: ${messageOf(error)}`);
  }
  const probe: Message[] = [{ role: "system", text: "s" }, { role: "user", text: "u" }, { role: "assistant", text: "a" }, { role: "user", text: "w" }];
  let reason = "it leaves out what was said";
  for (const manner of manners) {
    try {
      const messages = arranged(probe, manner);
      const pieces = split(template, messages, manner, texts, true);
      if (messages.every(({ text }) => pieces.some((piece) => piece.kind === "content" && piece.text === text))) return chatTemplate(template, manner, texts);
    } catch (error) {
      reason = messageOf(error);
    }
  }
  throw new TemplateError(`its chat template cannot be used: ${reason}`);
}

function chatTemplate(template: Template, manner: Manner, texts: TemplateTexts): ChatTemplate {
  const render = (messages: readonly Message[]): Piece[] => split(template, arranged(messages, manner), manner, texts, true);
  return { render, end: endOf(template, manner, texts) };
}

/** What the template writes behind an answer, up to the next white space or marker. */
function endOf(template: Template, manner: Manner, texts: TemplateTexts): string | undefined {
  try {
    const pieces = split(template, [{ role: "user", text: "u" }, { role: "assistant", text: "a" }], manner, texts, false);
    const at = pieces.findIndex(({ kind, text }) => kind === "content" && text === "a");
    const after = at === -1 ? undefined : pieces[at + 1];
    const marker = /^\s*(<[^\s<>]+>|\S{3,}?(?=\s|<|$))/.exec(after?.kind === "markup" ? after.text : "")?.[1];
    return marker ?? texts.eos;
  } catch {
    return texts.eos;
  }
}

/** System first, then user and assistant in turn, beginning with the user: all that any template understands. */
export function arranged(messages: readonly Message[], { system }: Pick<Manner, "system">): Message[] {
  const texts = (role: Message["role"]): string[] => messages.filter((message) => message.role === role && message.text.trim() !== "").map(({ text }) => text.trim());
  const instructions = texts("system").join("\n\n");
  const turns: Message[] = [];
  for (const { role, text } of messages) {
    if (role === "system" || text.trim() === "" || (turns.length === 0 && role === "assistant")) continue;
    const last = turns.at(-1);
    if (last?.role === role) turns[turns.length - 1] = { role, text: `${last.text}\n\n${text.trim()}` };
    else turns.push({ role, text: text.trim() });
  }
  if (instructions === "") return turns;
  if (system) return [{ role: "system", text: instructions }, ...turns];
  const [first, ...rest] = turns;
  return first ? [{ role: "user", text: `${instructions}\n\n${first.text}` }, ...rest] : [];
}

function split(template: Template, messages: readonly Message[], { parts }: Manner, { bos, eos }: TemplateTexts, generate: boolean): Piece[] {
  const key = `C${randomBytes(16).toString("hex")}N`;
  const rendered = template.render({
    messages: messages.map(({ role }, index) => ({ role, content: parts ? [{ type: "text", text: `${key}${index}E` }] : `${key}${index}E` })),
    bos_token: bos ?? "", eos_token: eos ?? "", add_generation_prompt: generate,
    enable_thinking: false, // a small model on a processor had better answer at once
  });
  const pieces = rendered.split(new RegExp(`${key}(\\d+)E`)).map((text, index): Piece =>
    index % 2 === 0 ? { kind: "markup", text } : { kind: "content", text: messages[Number(text)]!.text });
  return pieces.filter(({ text }) => text !== "");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
