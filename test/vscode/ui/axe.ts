// axe in a webview of ours: what it finds to mend, and where.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Frame, FrameLocator, Page } from "playwright-core";
import { ROOT } from "./window.js";

/** VS Code gives each webview a document of its own, with neither landmarks nor a heading of the first order around it. */
const NOT_OURS = ["region", "landmark-one-main", "page-has-heading-one", "bypass"];
const OPTIONS = JSON.stringify({ resultTypes: ["violations"], rules: Object.fromEntries(NOT_OURS.map((rule) => [rule, { enabled: false }])) });

/**
 * Each as a line: the rule, the element, and what to do about it. What the webview stands on is told by the name of the theme's colour: the
 * document itself is transparent, and its colour is no business of ours.
 */
export async function violations(document: Frame | Page, ground: "editor" | "sideBar"): Promise<string[]> {
  await document.evaluate(`document.body.style.background = "var(--vscode-${ground}-background)"`);
  if (!await document.evaluate<boolean>("'axe' in window")) await document.evaluate(`${axe.source}; undefined`);
  const { violations } = await document.evaluate<axe.AxeResults>(`axe.run(${OPTIONS})`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary = "" }) => `${id}: ${html.slice(0, 160)}: ${failureSummary}`.replaceAll(/\s+/g, " ")));
}

/** Of a page without scripts. No timer ever fires in such a frame, and axe waits for one: it looks at a copy, with the same styles in the same browser. */
export async function violationsOfPage(document: Frame, copy: Page): Promise<string[]> {
  const html = await document.evaluate<string>("document.documentElement.outerHTML");
  const style = readFileSync(join(ROOT, "media/page.css"), "utf8");
  await copy.setContent(`<!DOCTYPE html>${html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "").replace(/<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`)}`);
  return violations(copy, "editor");
}

export async function documentOf(frame: FrameLocator): Promise<Frame> {
  const body = await frame.locator("body").elementHandle();
  return (await body.ownerFrame())!;
}
