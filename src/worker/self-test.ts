// Two gaps for the loaded model to fill in, to see whether it can do what it was chosen for. Bypasses triggers, cache and filters.
import type { Connection } from "vscode-languageserver";
import type { ComposedContext } from "../core/context/context.js";
import { layOut } from "../core/completion/fim.js";
import type { Token } from "../core/model.js";
import { modelMethods, type SelfTest } from "../protocol/models.js";
import type { LoadedModel } from "./loading.js";

/** What even a tiny model can do: a name that stands a line above. */
const SIMPLE: Gap = { path: "show.py", before: "for index in range(len(values)):\n    print(values[", after: "])\n", expected: /^index(\]\)?)?\s*$/ };
/** What takes a model that has seen much code. */
const LINE: Gap = {
  path: "add.py", before: "def add(first, second):\n    \"\"\"Returns the sum of first and second.\"\"\"\n    return first", after: "\n\n\nprint(add(2, 3))\n",
  expected: /^ ?\+ ?second\s*$/,
};
const MOST_TOKENS = 12;
const TIMEOUT_MS = 60_000;

export function registerSelfTest(connection: Connection, model: () => Promise<LoadedModel | undefined>): void {
  connection.onRequest(modelMethods.selfTest, async (): Promise<SelfTest | null> => {
    const loaded = await model();
    return loaded ? selfTest(loaded) : null;
  });
}

interface Gap { path: string; before: string; after: string; expected: RegExp }

async function selfTest(loaded: LoadedModel): Promise<SelfTest> {
  const started = performance.now();
  const { engine, format: { format, markers } } = loaded;
  const answer = await fill(loaded, LINE);
  const passed = LINE.expected.test(answer);
  const simple = passed || SIMPLE.expected.test(await fill(loaded, SIMPLE));
  return {
    model: engine.name, family: format.family, markers: [...markers].map(([text, token]) => ({ text, token })),
    before: LINE.before.split("\n").at(-1)!, after: "", answer, passed, simple, ms: performance.now() - started,
  };
}

/** Up to the end of the line. */
async function fill({ engine, format: { format, markers } }: LoadedModel, { path, before, after }: Gap): Promise<string> {
  const context: ComposedContext = { path, outline: "", prefix: before, suffix: after, neighbours: [], parts: [] };
  const prompt = layOut(format, context).flatMap((piece): Token[] => "marker" in piece ? [markers.get(piece.marker)!] : engine.tokenize(piece.text));
  const { steps } = await engine.generate(prompt, { maxTokens: MOST_TOKENS, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const said: Token[] = [];
  for await (const { token } of steps) {
    said.push(token);
    if (engine.detokenize(said).includes("\n")) break;
  }
  return engine.detokenize(said).split("\n")[0] ?? "";
}
