// What Inkling writes is for its owner alone: every call that makes a file or a folder says so, and the real stores do it.
import { strict as assert } from "node:assert";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openStore } from "../../src/extension/chat/store.js";
import { openStatistics } from "../../src/extension/statistics/store.js";

const SOURCES = resolve(__dirname, "../../src");

describe("files that Inkling writes", () => {
  it("are made with a mode of their owner's, wherever one is made", () => {
    const careless = ["extension", "models", "worker", "core"].flatMap((part) =>
      readdirSync(join(SOURCES, part), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")).flatMap((name) =>
        readFileSync(join(SOURCES, part, name), "utf8").split("\n")
          .filter((line) => /\b(writeFile|appendFile|mkdir|createWriteStream)(Sync)?\(/.test(line) && !/0o[67]00/.test(line))
          .map((line) => `${part}/${name}: ${line.trim()}`)));
    assert.deepEqual(careless, []);
  });

  it("cannot be read by others: statistics and conversations", async function () {
    if (process.platform === "win32") this.skip(); // other rights
    const folder = join(mkdtempSync(join(tmpdir(), "inkling-private-")), "storage");
    try {
      const statistics = openStatistics(folder);
      statistics.count("typescript", { shown: 1 });
      await statistics.flush();
      const chats = join(folder, "chat");
      openStore(chats).save({ id: "a", title: "t", changed: 1, turns: [{}] } as never);
      const made = ["", "statistics.json", "chat", "chat/a.json"].map((name) => statSync(join(folder, name)).mode & 0o777);
      assert.deepEqual(made, [0o700, 0o600, 0o700, 0o600]);
    } finally {
      rmSync(join(folder, ".."), { recursive: true });
    }
  });
});
