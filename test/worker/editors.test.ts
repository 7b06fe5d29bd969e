// Real editors drive `inkling lsp --stdio` with the configurations that docs/editors.md gives: a suggestion is shown, accepted and saved.
// An editor that is not installed is skipped. Debian: apt install neovim emacs-nox elpa-eglot.
import { strict as assert } from "node:assert";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { examples, placeToType } from "../../scripts/vscode/examples.js";

const ROOT = resolve(__dirname, "../..");
const PATIENCE_MS = 60_000;

describe("other editors", function () {
  this.timeout(2 * PATIENCE_MS);
  let folder: string;
  let env: NodeJS.ProcessEnv;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "inkling-editors-"));
    cpSync(join(ROOT, "examples"), join(folder, "examples"), { recursive: true });
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/inkling"), `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "dist/cli.js")}" "$@"\n`);
    chmodSync(join(folder, "bin/inkling"), 0o755);
    const own = { XDG_CONFIG_HOME: "config", XDG_DATA_HOME: "data", XDG_CACHE_HOME: "cache", XDG_STATE_HOME: "state", HOME: "home" };
    const folders = Object.fromEntries(Object.entries(own).map(([name, path]) => [name, join(folder, path)]));
    env = { ...process.env, ...folders, PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}` };
  });
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  it("Neovim: ghost text as you type, Tab accepts it", async function () {
    if (!installed("nvim", "--version")) this.skip();
    writeFileSync(join(folder, "inkling.lua"), configuration("lua inkling.lua"));
    const file = join(folder, "examples", examples[0]!.name);
    const { line } = placeToType(join(folder, "examples"), examples[0]!);
    const socket = join(folder, "nvim.sock");
    const nvim = spawn("nvim", ["--headless", "-u", join(folder, "inkling.lua"), "--listen", socket, file], { env, cwd: join(folder, "examples"), stdio: "ignore" });
    try {
      const ask = (expression: string): string => remote(socket, env, "--remote-expr", expression).trim();
      await until("the server is attached", () => ask('luaeval("#vim.lsp.buf_get_clients(0)")') === "1");
      remote(socket, env, "--remote-send", `${line}GA${examples[0]!.typed}`);
      const marks = 'luaeval("vim.json.encode(vim.api.nvim_buf_get_extmarks(0, vim.api.nvim_create_namespace([[inkling]]), 0, -1, {details = true}))")';
      const ghost = await until("a suggestion is shown", () => {
        const [mark] = Object.values(JSON.parse(ask(marks)) as Record<number, [number, number, number, { virt_text: [[string]] }]>); // no marks are `{}` in Lua
        if (mark === undefined) remote(socket, env, "--remote-send", "x<BS>"); // a change, so it asks again: the model was still loading
        return mark?.[3].virt_text[0][0];
      }, 1000);
      const text = (): string => JSON.parse(ask(`json_encode(getline(${line}))`)) as string;
      const shown = text() + ghost;
      remote(socket, env, "--remote-send", "<Tab>");
      await until("it is accepted", () => text() === shown);
      remote(socket, env, "--remote-send", "<Esc>:wqa<CR>");
      await until("it is saved and closed", () => nvim.exitCode !== null);
      assert.equal(readFileSync(file, "utf8").split("\n")[line - 1], shown);
    } finally {
      await end(nvim);
    }
  });

  it("Emacs: Eglot offers the suggestion in its list", function () {
    if (!installed("emacs", "--batch", "--eval", "(progn (package-initialize) (require 'eglot))")) this.skip();
    writeFileSync(join(folder, "inkling.el"), configuration("elisp inkling.el"));
    const example = examples[2]!;
    const { line } = placeToType(join(folder, "examples"), example);
    writeFileSync(join(folder, "drive.el"), driver(join(folder, "inkling.el"), join(folder, "examples", example.name), line, example.typed));
    const { stderr, status } = spawnSync("emacs", ["--batch", "-f", "package-initialize", "-l", join(folder, "drive.el")], { env, encoding: "utf8", timeout: PATIENCE_MS });
    assert.equal(status, 0, stderr);
    const typed = new RegExp(`^ +${example.typed}(\\S.*)$`, "m").exec(readFileSync(join(folder, "examples", example.name), "utf8"));
    assert.ok(typed?.[1], `nothing was accepted: ${stderr}`);
  });
});

/** Code of the block in docs/editors.md that is marked so. */
function configuration(mark: string): string {
  const block = new RegExp(`^\`\`\`${mark}\n([^]*?)^\`\`\`$`, "m").exec(readFileSync(join(ROOT, "docs/editors.md"), "utf8"));
  assert.ok(block, mark);
  return block[1]!;
}

function installed(program: string, ...args: string[]): boolean {
  return process.platform !== "win32" && spawnSync(program, args, { stdio: "ignore", timeout: 20_000 }).status === 0;
}

/** What Neovim answers comes on stderr in some versions; that it does not listen yet, or no longer, as well. */
function remote(socket: string, env: NodeJS.ProcessEnv, ...args: string[]): string {
  const { stdout, stderr } = spawnSync("nvim", ["--server", socket, ...args], { env, encoding: "utf8", timeout: 10_000 });
  return stdout + stderr;
}

async function until<T>(what: string, look: () => T | undefined | false, everyMs = 200): Promise<T> {
  const limit = performance.now() + PATIENCE_MS;
  for (;;) {
    let seen: T | undefined | false;
    try {
      seen = look();
    } catch {
      seen = undefined; // no JSON yet
    }
    if (seen !== undefined && seen !== false) return seen;
    assert.ok(performance.now() < limit, `Not within ${PATIENCE_MS / 1000} s: ${what}`);
    await delay(everyMs);
  }
}

async function end(child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
    await delay(50);
  }
}

/** Completes as a person would with the key for it, until the model is loaded and there is something to choose. */
function driver(config: string, file: string, line: number, typed: string): string {
  return `
(load ${JSON.stringify(config)})
(find-file ${JSON.stringify(file)})
(setq eglot-sync-connect t)
(apply #'eglot (eglot--guess-contact))
(goto-char (point-min)) (forward-line ${line - 1}) (end-of-line) (insert ${JSON.stringify(typed)})
(let ((tries 0) (chosen nil))
  (while (and (not chosen) (< tries 20))
    (setq tries (1+ tries))
    (let* ((capf (condition-case nil (eglot-completion-at-point) (error nil)))
           (found (condition-case nil (all-completions "" (nth 2 capf)) (error nil))))
      (if (null found) (sleep-for 0.5)
        (setq chosen (car found))
        (insert chosen)
        (funcall (plist-get (nthcdr 3 capf) :exit-function) chosen 'finished))))
  (save-buffer)
  (eglot-shutdown (eglot-current-server))
  (kill-emacs (if chosen 0 1)))
`;
}
