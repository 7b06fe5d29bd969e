// Commit messages from the real worker: with the embedded model, with a model for conversation, taken back, and with one that is broken.
import { strict as assert } from "node:assert";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defaultModelFile, type WorkerClient } from "../../src/cli/client.js";
import { type CommitMessage, commitMethods, type CommitProgress } from "../../src/protocol/commit.js";
import { readChanges } from "../fixtures/commit/read.js";
import { openBench, slow } from "./start.js";
import { chatTemplate } from "./workday.js";

const { change } = readChanges().find(({ name }) => name === "ts-fix-missing-user")!;

describe("commit messages", function () {
  this.timeout(60_000);
  const bench = openBench();
  after(() => bench.close());
  const ask = (worker: WorkerClient, texts: string[] = [], signal?: AbortSignal): Promise<CommitMessage> =>
    worker.request<CommitMessage, CommitProgress>(commitMethods.message, { change }, { onPart: ({ text }) => texts.push(text), ...signal && { signal } });

  it("are composed from facts with the embedded model", async () => {
    const worker = await bench.start({ modelFile: defaultModelFile() });
    const texts: string[] = [];
    const message = await ask(worker, texts);
    assert.equal(message.text, "fix: handle missing user in getDisplayName");
    assert.equal(message.author, "facts");
    assert.deepEqual(texts, [message.text]);
    await worker.close();
  });

  it("are worded by a model for conversation, as it goes", async () => {
    const worker = await bench.start({ chatModelFile: bench.model({ chatTemplate, answer: "make flight" }) });
    const texts: string[] = [];
    const message = await ask(worker, texts);
    assert.equal(message.subject, "fix: make flight", message.rejected);
    assert.equal(message.author, "model");
    assert.deepEqual(texts, ["fix: make"]);
    await worker.close();
  });

  it("are composed where the model's words are no subject", async () => {
    const worker = await bench.start({ chatModelFile: bench.model({ chatTemplate, answer: "abc" }) });
    const message = await ask(worker);
    assert.equal(message.subject, "fix: handle missing user in getDisplayName");
    assert.match(message.rejected ?? "", /no subject/);
    await worker.close();
  });

  it("are composed where the model for conversation does not load", async () => {
    const worker = await bench.start({ chatModelFile: join(tmpdir(), "nowhere.gguf") });
    assert.equal((await ask(worker)).author, "facts");
    await worker.close();
  });

  it("are taken back in the middle", async () => {
    const worker = await bench.start({ chatModelFile: bench.model({ ...slow, chatTemplate, answer: "work ", endless: true }) });
    const controller = new AbortController();
    const texts: string[] = [];
    const asking = worker.request<CommitMessage, CommitProgress>(commitMethods.message, { change }, {
      signal: controller.signal, onPart: ({ text }) => { texts.push(text); controller.abort(); },
    });
    await assert.rejects(asking, /cancel/i);
    assert.equal(texts[0], "fix: work");
    assert.equal((await ask(worker)).author, "facts"); // and the next one is answered
    await worker.close();
  });
});

describe("inkling commit", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "inkling-commit-"));
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: folder, encoding: "utf8" });
  const inkling = (...args: string[]): { code: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(__dirname, "../../dist/cli.js"), "commit", ...args], { encoding: "utf8", cwd: folder });
    return { code: status, out: stdout, err: stderr };
  };
  before(() => {
    git("init", "-q", "-b", "main");
    git("config", "user.name", "Tester");
    git("config", "user.email", "tester@example.org");
    const file = change.files[0]!;
    writeFileSync(join(folder, "name.ts"), file.before!);
    git("add", "-A");
    for (const subject of ["feat: begin", "fix: a slip", "docs: say more", "feat: go on"]) git("commit", "-q", "--allow-empty", "-m", subject);
    writeFileSync(join(folder, "name.ts"), file.after!);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("prints the message", () => {
    assert.deepEqual(inkling(), { code: 0, out: "fix: handle missing user in getDisplayName\n", err: "" });
  });

  it("prints everything about it as JSON", () => {
    const { out } = inkling(folder, "--json", "--convention", "plain");
    const result = JSON.parse(out) as Record<string, unknown>;
    assert.equal(result["subject"], "handle missing user in getDisplayName");
    assert.equal(result["author"], "facts");
    assert.deepEqual(result["facts"], ["handle missing user in getDisplayName"]);
  });

  it("is quick with 500 files, and counts what it has not looked into", () => {
    const large = join(folder, "large");
    const text = (file: number, sign: string): string => Array.from({ length: 12 }, (_, i) =>
      `/** Number ${i} of part ${file}. */\nexport function part${file}Step${i}(value: number, factor = ${i + 1}): number {\n  const scaled = value ${sign} factor;\n  if (scaled > ${file * 10}) return ${file * 10};\n  return scaled;\n}\n`).join("\n");
    for (const sign of ["*", "+"]) {
      for (let file = 0; file < 500; file += 1) {
        const path = join(large, `src/area${file % 20}`);
        mkdirSync(path, { recursive: true });
        writeFileSync(join(path, `part${file}.ts`), text(file, sign));
      }
      if (sign === "+") continue;
      git("init", "-q", large);
      for (const args of [["add", "-A"], ["-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "begin"]]) execFileSync("git", args, { cwd: large });
    }
    const { out } = inkling(large, "--json");
    const { subject, body, read, counted, collectMs, factsMs, files } = JSON.parse(out) as CommitMessage & { collectMs: number; files: number };
    console.log(`      ${files} files: collected in ${collectMs} ms with git's own time, facts and message in ${factsMs} ms; ${read} looked into, ${counted} counted: ${subject}`);
    assert.equal(files, 500);
    assert.equal(read + counted, 500);
    assert.ok(subject.length <= 72);
    assert.match(body, new RegExp(`${counted} files not looked into`));
  });

  const mistakes: [what: string, args: string[], code: number, says: RegExp][] = [
    ["a folder without a repository", [tmpdir()], 1, /no git repository/],
    ["a folder that is not there", ["nowhere"], 1, /does not exist/],
    ["two repositories", [".", "."], 2, /one repository/],
    ["a convention that is none", ["--convention", "haiku"], 2, /no convention haiku/],
  ];
  for (const [what, args, code, says] of mistakes) {
    it(`explains ${what}, without a stack`, () => {
      const result = inkling(...args);
      assert.equal(result.code, code, result.err);
      assert.match(result.err, says);
      assert.doesNotMatch(result.err, /\n\s+at /);
    });
  }
});
