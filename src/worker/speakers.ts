// The model for conversation as explain and commit want it: a question with instructions, and pieces of the answer until they are enough.
import { type Converser, generateAnswer, openConverser } from "../core/chat/answer.js";
import { tokenizePieces } from "../core/chat/tokens.js";
import type { Speaker } from "../core/speaker.js";
import type { LanguageModel } from "../core/model.js";
import { wantsBos } from "./chat.js";
import type { Session } from "./completion.js";

/** A little chance would only make another message each time. */
const TEMPERATURE = 0;

/** Undefined where no model for conversation is chosen. */
export function createSpeakers(session: () => Session | undefined): (signal: AbortSignal) => Promise<Speaker | undefined> {
  const speakers = new WeakMap<LanguageModel, Speaker>();
  return async (signal) => {
    const current = session();
    const file = current?.chatModelFile;
    if (!current || file === undefined) return undefined;
    const model = await current.chatModel(signal);
    if (!model) return undefined;
    const known = speakers.get(model);
    if (known) return known;
    const converser = openConverser(model, wantsBos(file));
    if (!converser) return undefined;
    const made = speakerOf(converser);
    speakers.set(model, made);
    return made;
  };
}

function speakerOf(converser: Converser): Speaker {
  const { model, template, bos } = converser;
  return {
    name: model.name, window: model.contextLength, count: (text) => model.tokenize(text).length,
    async ask(system, user, maxTokens, signal, isEnough) {
      const prompt = tokenizePieces(model, template.render([{ role: "system", text: system }, { role: "user", text: user }]), bos);
      const enough = new AbortController();
      try {
        await generateAnswer(converser, prompt, {
          signal: AbortSignal.any([signal, enough.signal]), maxTokens, temperature: TEMPERATURE,
          onText: (text) => { if (!enough.signal.aborted && isEnough(text)) enough.abort(); },
        });
      } catch (error) {
        if (signal.aborted || !enough.signal.aborted) throw error;
      }
    },
  };
}
