// What is collected from real repositories, made for each case; and the sentence for each case in which there is nothing to collect.
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { collectChange } from "../../src/git/collect.js";
import { type GitProblemCode, GitProblem } from "../../src/git/run.js";
import type { ChangeSet } from "../../src/protocol/commit.js";

describe("collecting a change from git", function () {
  this.timeout(60_000);
  const root = mkdtempSync(join(tmpdir(), "inkling-git-"));
  after(() => rmSync(root, { recursive: true }));
  let count = 0;

  /** A repository with one commit of these files. */
  const repository = (files: Record<string, string> = { "a.ts": "export const a = 1;\n" }): { folder: string; git: (...args: string[]) => string; write: (path: string, text: string | Buffer) => void } => {
    const folder = join(root, `r${count += 1}`);
    mkdirSync(folder);
    const git = (...args: string[]): string => execFileSync("git", ["-c", "protocol.file.allow=always", ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const write = (path: string, text: string | Buffer): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    git("init", "-q", "-b", "main");
    git("config", "user.name", "Tester");
    git("config", "user.email", "tester@example.org");
    for (const [path, text] of Object.entries(files)) write(path, text);
    if (Object.keys(files).length > 0) {
      git("add", "-A");
      git("commit", "-qm", "feat: begin");
    }
    return { folder, git, write };
  };
  const collect = (folder: string, program?: string): Promise<ChangeSet> =>
    collectChange({ folder, program, signal: new AbortController().signal, convention: "auto" });
  const refused = async (folder: string, code: GitProblemCode, says: RegExp, program?: string): Promise<void> => {
    await assert.rejects(collect(folder, program), (error: unknown) => {
      assert.ok(error instanceof GitProblem, String(error));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, says);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
  };

  it("takes what is staged, and only that", async () => {
    const { folder, git, write } = repository({ "a.ts": "1\n", "b.ts": "1\n" });
    write("a.ts", "2\n");
    git("add", "a.ts");
    write("a.ts", "3\n");
    write("b.ts", "2\n");
    const change = await collect(folder);
    assert.equal(change.source, "staged");
    assert.deepEqual(change.files, [{ path: "a.ts", status: "modified", added: 1, removed: 1, before: "1\n", after: "2\n" }]);
    assert.equal(change.branch, "main");
    assert.deepEqual(change.history, [{ subject: "feat: begin", hasBody: false, files: ["a.ts", "b.ts"] }]);
  });

  it("takes the working tree where nothing is staged, with files that git does not know", async () => {
    const { folder, write } = repository({ "a.ts": "1\n", ".gitignore": "ignored\n" });
    write("a.ts", "2\n");
    write("new/ä b.ts", "x\ny\n");
    write("ignored", "x");
    const change = await collect(folder);
    assert.equal(change.source, "working-tree");
    assert.deepEqual(change.files.map(({ path, status, added, before, after }) => [path, status, added, before, after]), [
      ["a.ts", "modified", 1, "1\n", "2\n"], ["new/ä b.ts", "added", 2, undefined, "x\ny\n"],
    ]);
  });

  it("knows renames, staged or not", async () => {
    const text = Array.from({ length: 20 }, (_, i) => `export const a${i} = ${i};\n`).join("");
    for (const staged of [true, false]) {
      const { folder, git } = repository({ "old/a.ts": text, "b.ts": "1\n" });
      mkdirSync(join(folder, "new"));
      renameSync(join(folder, "old/a.ts"), join(folder, "new/a.ts"));
      if (staged) git("add", "-A");
      const { files } = await collect(folder);
      assert.deepEqual(files.map(({ path, oldPath, status, added, removed }) => [path, oldPath, status, added, removed]), [["new/a.ts", "old/a.ts", "renamed", 0, 0]]);
    }
  });

  it("knows binary files, modes, links and deleted files", async () => {
    const { folder, git, write } = repository({ "logo.png": "\u0000\u0001", "run.sh": "echo\n", "gone.ts": "1\n" });
    write("logo.png", Buffer.from([0, 2, 3]));
    chmodSync(join(folder, "run.sh"), 0o755);
    rmSync(join(folder, "gone.ts"));
    symlinkSync("run.sh", join(folder, "link"));
    git("add", "-A");
    const files = new Map((await collect(folder)).files.map((file) => [file.path, file]));
    assert.equal(files.get("logo.png")?.binary, true);
    assert.equal(files.get("logo.png")?.after, undefined);
    assert.deepEqual(files.get("run.sh")?.modes, { before: "100644", after: "100755" });
    assert.equal(files.get("gone.ts")?.status, "deleted");
    assert.equal(files.get("link")?.after, "run.sh");
  });

  it("knows where a submodule pointed and points", async () => {
    const inner = repository();
    const { folder, git } = repository();
    git("submodule", "--quiet", "add", inner.folder, "lib");
    git("commit", "-qm", "chore: add lib");
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "--allow-empty", "-m", "more"], { cwd: join(folder, "lib") });
    const [file] = (await collect(folder)).files;
    assert.equal(file?.path, "lib");
    const head = execFileSync("git", ["rev-parse", "HEAD"], { cwd: join(folder, "lib"), encoding: "utf8" }).trim();
    assert.match(file.submodule?.before ?? "", /^[0-9a-f]{40}$/);
    assert.equal(file.submodule?.after, head);
  });

  it("collects the first commit", async () => {
    const { folder, git, write } = repository({});
    write("a.ts", "1\n");
    git("add", "-A");
    const change = await collect(folder);
    assert.equal(change.first, true);
    assert.deepEqual(change.history, []);
    assert.equal(change.files[0]?.status, "added");
  });

  it("has git's own message for a merge that is under way", async () => {
    const { folder, git, write } = repository();
    git("checkout", "-qb", "side");
    write("b.ts", "1\n");
    git("add", "-A");
    git("commit", "-qm", "side");
    git("checkout", "-q", "main");
    git("merge", "--no-ff", "--no-commit", "-q", "side");
    assert.equal((await collect(folder)).prepared, "Merge branch 'side'");
  });

  it("reads the template that the configuration names", async () => {
    const { folder, git, write } = repository();
    write(".template", "# why\n\nTicket:\n");
    git("config", "commit.template", ".template");
    assert.equal((await collect(folder)).template, "# why\n\nTicket:\n");
  });

  it("works from a folder inside", async () => {
    const { folder, write } = repository({ "src/a.ts": "1\n" });
    write("src/a.ts", "2\n");
    assert.equal((await collect(join(folder, "src"))).files[0]?.path, "src/a.ts");
  });

  it("has a sentence for everything that cannot be described", async () => {
    const { folder, git, write } = repository();
    await refused(folder, "no-changes", /no changes/);
    await refused(root, "no-repository", /is in no git repository/);
    await refused(join(root, "nowhere"), "no-repository", /does not exist/);
    await refused(folder, "no-git", /Git was not found/, join(root, "no-such-git"));
    git("checkout", "-qb", "side");
    write("a.ts", "side\n");
    git("commit", "-qam", "side");
    git("checkout", "-q", "main");
    write("a.ts", "main\n");
    git("commit", "-qam", "main");
    assert.throws(() => git("merge", "-q", "side"));
    await refused(folder, "unmerged", /a\.ts has conflicts/);
    const bare = join(root, "bare.git");
    execFileSync("git", ["init", "-q", "--bare", bare]);
    await refused(bare, "bare", /without a working tree/);
  });

  it("ends when it is taken back", async () => {
    const { folder, write } = repository();
    write("a.ts", "2\n");
    const controller = new AbortController();
    const collecting = collectChange({ folder, signal: controller.signal, convention: "auto" });
    controller.abort(new Error("taken back"));
    await assert.rejects(collecting, /taken back/);
  });

  it("runs no program that the repository's configuration names", async () => {
    const { folder, git, write } = repository();
    const proof = join(root, "proof");
    const program = join(root, "evil.sh");
    writeFileSync(program, `#!/bin/sh\ntouch ${proof}\n`);
    chmodSync(program, 0o755);
    git("config", "core.fsmonitor", program);
    git("config", "diff.external", program);
    git("config", "core.pager", program);
    git("config", "diff.evil.textconv", program);
    write(".gitattributes", "*.ts diff=evil\n");
    write("a.ts", "2\n");
    await collect(folder);
    assert.throws(() => execFileSync("ls", [proof], { stdio: "ignore" }));
  });
});
