// What the chat's tests share: a model that says what it is told to, the panel in its frames, and the worker's process.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { runCommand } from "../../../scripts/vscode/workbench.js";
import { temporaryFolder } from "../../../scripts/vscode/temporary.js";
import { familyTemplate } from "../../fixtures/families.js";
import { writeTinyModel } from "../../fixtures/gguf.js";

/** Slow enough to be caught in the middle of an answer, on any machine. */
const SLOW = { layers: 2, feedForward: 12_000 };

export function speakingModel(text: string, { slow = false, pieceLength = 4 }: { slow?: boolean; pieceLength?: number } = {}): string {
  const file = join(temporaryFolder("chat-model"), "speaker.gguf");
  writeTinyModel(file, { name: "Tiny Speaker", says: differentPieces(text, pieceLength), chatTemplate: familyTemplate("smollm2"), contextLength: 4096, ...slow && SLOW });
  return file;
}

/** Each of at least the length, and longer where it would be one that was there before: no vocabulary has a token twice. */
function differentPieces(text: string, length: number): string[] {
  const pieces = new Set<string>();
  let piece = "";
  for (const character of text) {
    piece += character;
    if (piece.length < length || pieces.has(piece)) continue;
    pieces.add(piece);
    piece = "";
  }
  const all = [...pieces];
  if (piece !== "") all.push(`${all.pop() ?? ""}${piece}`);
  return all;
}

export async function openChat(page: Page): Promise<FrameLocator> {
  await runCommand(page, "Inkling: Open Chat");
  const panel = panelOf(page);
  await panel.locator("textarea.input").waitFor({ timeout: 30_000 });
  return panel;
}

export function panelOf(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
}

export async function ask(panel: FrameLocator, question: string): Promise<void> {
  const input = panel.locator("textarea.input");
  await input.fill(question);
  await input.press("Enter");
}

/** Process of the window's worker, found by its ancestors. */
export function workerOf(server: number): number | undefined {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const parent = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
      return [{ pid: Number(pid), parent, command: readFileSync(`/proc/${pid}/cmdline`, "utf8") }];
    } catch {
      return [];
    }
  });
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isBelow = (pid: number | undefined): boolean => pid !== undefined && (pid === server || isBelow(parents.get(pid)));
  return processes.find(({ pid, command }) => command.includes("worker.mjs") && isBelow(pid))?.pid;
}
