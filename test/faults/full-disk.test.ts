// A disk that is full while somebody converses: nothing breaks, what was there stays, and what could not be written is, as soon as there is room.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../scripts/vscode/temporary.js";
import { asked, newConversation, withTurn } from "../../src/extension/chat/conversation.js";
import { openStore } from "../../src/extension/chat/store.js";
import { openStatistics } from "../../src/extension/statistics/store.js";

describe("faults: a full disk", () => {
  let disk: string;
  before(function () {
    disk = temporaryFolder("disk");
    if (process.getuid?.() !== 0 || spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]).status !== 0) this.skip(); // takes a mount
  });
  after(() => void spawnSync("umount", [disk]));
  const fill = (): void => void spawnSync("dd", ["if=/dev/zero", `of=${join(disk, "filler")}`, "bs=4k"], { stdio: "ignore" });
  const makeRoom = (): void => rmSync(join(disk, "filler"));
  const questions = (folder: string): string[] => openStore(folder).all().flatMap(({ turns }) => turns.map(({ question }) => question)).sort();

  it("costs no conversation", () => {
    const folder = join(disk, "chat");
    const failures: unknown[] = [];
    const store = openStore(folder, (error) => failures.push(error));
    const [first, second] = [newConversation(1), newConversation(2)];
    store.save(withTurn(first, asked("old", [], ""), 1));
    fill();
    const longer = withTurn(withTurn(first, asked("old", [], ""), 1), asked(`new ${"x".repeat(9000)}`, [], ""), 2);
    store.save(longer);
    store.save(withTurn(second, asked("second", [], ""), 3));
    assert.equal(failures.length, 1, "said once");
    assert.match(String(failures[0]), /ENOSPC/);
    assert.equal(store.all().length, 2, "in memory");
    assert.deepEqual(questions(folder), ["old"], "what was there");
    assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith(".tmp")), []);
    makeRoom();
    store.save(withTurn(second, asked("third", [], ""), 4));
    assert.deepEqual(questions(folder).map((question) => question.slice(0, 5)), ["new x", "old", "third"]);
  });

  it("costs no statistics", async () => {
    const folder = join(disk, "statistics");
    const statistics = openStatistics(folder);
    statistics.count("typescript", { shown: 1 });
    await statistics.flush();
    fill();
    statistics.count("typescript", { shown: 2 });
    await assert.rejects(statistics.flush(), /ENOSPC/);
    makeRoom();
    await statistics.flush();
    assert.equal(shownIn(folder), 3);
  });
});

function shownIn(folder: string): number {
  const text = readFileSync(join(folder, "statistics.json"), "utf8");
  return [...text.matchAll(/"shown":(\d+)/g)].reduce((sum, [, shown]) => sum + Number(shown), 0);
}
