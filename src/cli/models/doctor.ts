// Whether a model works on this machine: soundness of its file, memory, loading, markers, and a line with a gap. Says a sentence for each.
import { existsSync } from "node:fs";
import { inspectFile } from "../../models/conformance.js";
import { fitOf, forecast, memoryNow, shapeOfFile } from "../../models/fit.js";
import { bytesText } from "../../models/meter.js";
import { verifyModel } from "../../models/verify.js";
import { modelMethods, type SelfTest } from "../../protocol/models.js";
import { defaultModelFile, startWorker } from "../client.js";
import { UsageError } from "../usage.js";
import { entryOf, fileOf, only, options } from "./options.js";

export async function doctor(args: string[]): Promise<number> {
  const { folder, rest, catalog } = options(args);
  const name = rest.length === 0 ? "" : only(rest, "model or file");
  const entry = entryOf(name, catalog);
  const file = name === "" ? defaultModelFile() : entry ? fileOf(entry, folder) : name;
  if (file === undefined) throw new UsageError(`${name} is not on this machine: inkling models get ${name}`);
  if (!entry && !existsSync(file)) throw new UsageError(`${file} is neither a model of the catalogue nor a file`);
  const damage = await verifyModel(file);
  tell(damage === undefined, "file", damage?.message ?? `${file} is sound.`);
  if (damage) return 1;
  const { facts, header, family, converses } = inspectFile(file);
  const memory = memoryNow();
  const needed = forecast(shapeOfFile(header), family === undefined ? "chat" : "completion").total;
  const fit = fitOf(needed, memory);
  tell(fit !== "too-large", "memory", `takes about ${bytesText(needed)}; ${bytesText(memory.available)} of ${bytesText(memory.total)} are free.`);
  tell(true, "chat", converses ? "has a template of its own." : "has no template: it completes code, and does not converse.");
  tell(family !== undefined, "markers", family === undefined ? `${facts.name || file} has no markers for a gap: it cannot complete code.` : `of the family ${family}, each one token.`);
  return family === undefined ? Number(!converses) : tryOut(file);
}

async function tryOut(modelFile: string): Promise<number> {
  const worker = await startWorker({ modelFile });
  try {
    const { name, loadMs } = await worker.ready;
    tell(true, "engine", `${name} was loaded in ${Math.round(loadMs)} ms.`);
    const test = await worker.request<SelfTest | null>(modelMethods.selfTest, {});
    if (!test) return 1;
    const line = `${test.before.trim()}[${test.answer.trim()}] after ${Math.round(test.ms)} ms`;
    if (test.passed) tell("ok", "a line", `${line}.`);
    else if (test.simple) tell("ok", "gaps", `are filled with names that stand nearby, not with whole expressions: ${line}, where [+ second] belongs.`);
    else tell("weak", "a line", `${line}: not what belongs there (+ second).`);
    return 0; // a weak model is no defect
  } catch (error) {
    tell(false, "engine", error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    await worker.close();
  }
}

function tell(how: boolean | "ok" | "weak", what: string, sentence: string): void {
  const mark = how === true ? "ok" : how === false ? "FAIL" : how;
  console.log(`${mark.padEnd(4)} ${what.padEnd(8)} ${sentence}`);
}
