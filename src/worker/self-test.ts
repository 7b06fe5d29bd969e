// A line with a gap for the loaded model to fill in, to see whether it can do what it was chosen for. Bypasses triggers, cache and filters.
import type { Connection } from "vscode-languageserver";
import type { ComposedContext } from "../core/context/context.js";
import { layOut } from "../core/completion/fim.js";
import type { Token } from "../core/model.js";
import { modelMethods, type SelfTest } from "../protocol/models.js";
import type { LoadedModel } from "./loading.js";

const BEFORE = "def add(first, second):\n    \"\"\"Returns the sum of first and second.\"\"\"\n    return first";
const AFTER = "\n\n\nprint(add(2, 3))\n";
const EXPECTED = /^ ?\+ ?second\s*$/;
const MOST_TOKENS = 12;
const TIMEOUT_MS = 60_000;

export function registerSelfTest(connection: Connection, model: () => Promise<LoadedModel | undefined>): void {
  connection.onRequest(modelMethods.selfTest, async (): Promise<SelfTest | null> => {
    const loaded = await model();
    return loaded ? selfTest(loaded) : null;
  });
}

async function selfTest({ engine, format: { format, markers } }: LoadedModel): Promise<SelfTest> {
  const started = performance.now();
  const context: ComposedContext = { path: "add.py", outline: "", prefix: BEFORE, suffix: AFTER, neighbours: [], parts: [] };
  const prompt = layOut(format, context).flatMap((piece): Token[] => "marker" in piece ? [markers.get(piece.marker)!] : engine.tokenize(piece.text));
  const { steps } = await engine.generate(prompt, { maxTokens: MOST_TOKENS, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const said: Token[] = [];
  for await (const { token } of steps) {
    said.push(token);
    if (engine.detokenize(said).includes("\n")) break;
  }
  const answer = engine.detokenize(said).split("\n")[0] ?? "";
  return {
    model: engine.name, family: format.family, markers: [...markers].map(([text, token]) => ({ text, token })),
    before: BEFORE.split("\n").at(-1)!, after: "", answer, passed: EXPECTED.test(answer), ms: performance.now() - started,
  };
}
