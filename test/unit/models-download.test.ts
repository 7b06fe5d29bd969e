// Downloads from a server that does everything wrong: whatever happens, the file is there, whole and right, or it is not there and the
// reason is said.
import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { download, type DownloadRequest, type DownloadResult, pause } from "../../src/models/download.js";
import { readNote } from "../../src/models/note.js";
import { readPartial } from "../../src/models/partial.js";
import { verifyModel } from "../../src/models/verify.js";
import { type BadServer, type Behaviour, startBadServer } from "../fixtures/bad-server.js";
import { tinyModel } from "../fixtures/gguf.js";
import { randomBits } from "../fixtures/gguf-format.js";

const content = tinyModel();
const sha256 = createHash("sha256").update(content).digest("hex");
const timing = { stallMs: 400, retryMs: [1, 1, 1] };

describe("download", function () {
  this.timeout(60_000);
  let server: BadServer;
  let folder: string;
  let count = 0;
  before(async () => {
    server = await startBadServer();
    folder = mkdtempSync(join(tmpdir(), "inkling-download-"));
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  interface Try { result: DownloadResult; url: URL; file: string }
  async function attempt(behaviours: Behaviour[], more: Partial<DownloadRequest> = {}, etag = true): Promise<Try> {
    const url = server.add({ content, behaviours, etag });
    const file = more.file ?? join(folder, `model-${count += 1}.gguf`);
    const request = { url, hosts: ["127.0.0.1"], file, bytes: content.length, sha256, signal: new AbortController().signal, timing, ...more };
    return { result: await download(request), url, file };
  }
  const half = Math.floor(content.length / 2);

  function assertWhole({ result, file }: Try): void {
    assert.ok(result.ok, result.ok ? "" : `${result.failure}: ${result.message}`);
    assert.ok(readFileSync(file).equals(content));
    assert.equal(result.sha256, sha256);
    assert.ok(!existsSync(`${file}.part`) && !existsSync(`${file}.part.json`) && !existsSync(`${file}.part.lock`));
  }
  function assertAbsent({ result, file }: Try, failure: string, says: RegExp): void {
    assert.ok(!result.ok);
    assert.equal(result.failure, failure, result.message);
    assert.match(result.message, says);
    assert.ok(!existsSync(file));
    assert.equal(existsSync(`${file}.part`), result.kept > 0);
  }

  it("brings the file, readable by its owner alone, with a note of its checksum", async () => {
    const tried = await attempt([{ kind: "serve" }], { sha256: undefined!, bytes: undefined! });
    assertWhole(tried);
    if (process.platform !== "win32") assert.equal(statSync(tried.file).mode & 0o777, 0o600);
    assert.equal(readNote(tried.file)?.sha256, sha256);
    assert.equal(await verifyModel(tried.file), undefined);
  });

  it("fetches only what was missing after a lost connection", async () => {
    const tried = await attempt([{ kind: "drop", after: half }, { kind: "drop", after: 1000 }, { kind: "serve" }]);
    assertWhole(tried);
    const { bytes, starts } = server.sent(tried.url);
    assert.equal(bytes, content.length);
    assert.deepEqual(starts, [0, half, half + 1000]);
  });

  it("fetches only what was missing after a pause and a restart", async () => {
    const controller = new AbortController();
    const url = server.add({ content, behaviours: [{ kind: "stall", after: half }, { kind: "serve" }] });
    const file = join(folder, "paused.gguf");
    const request = { url, hosts: [], file, bytes: content.length, sha256, timing };
    const paused = await download({ ...request, signal: controller.signal, onProgress: (received) => { if (received === half) controller.abort(pause); } });
    assertAbsent({ result: paused, file, url }, "paused", /paused/);
    assert.deepEqual(readPartial(file), { url: url.href, received: half, total: content.length, etag: '"one"' });
    assertWhole({ result: await download({ ...request, signal: new AbortController().signal }), file, url });
    assert.equal(server.sent(url).bytes, content.length);
  });

  it("leaves nothing when it is cancelled", async () => {
    const controller = new AbortController();
    const tried = await attempt([{ kind: "stall", after: half }], { signal: controller.signal, onProgress: () => controller.abort() });
    assertAbsent(tried, "cancelled", /cancelled/);
    assert.equal(existsSync(`${tried.file}.part`), false);
  });

  const refused: [what: string, behaviours: Behaviour[], failure: string, says: RegExp][] = [
    ["a web page", [{ kind: "html", as: "text/html; charset=utf-8" }], "html", /web page/],
    ["a web page that says it is a file", [{ kind: "html", as: "application/octet-stream" }], "html", /web page/],
    ["a file of another length", [{ kind: "length", by: -8 }], "wrong-length", /should be/],
    ["a file with another checksum", [{ kind: "corrupt" }], "wrong-hash", /SHA-256/],
    ["a packed file", [{ kind: "packed" }], "refused", /gzip/],
    ["a redirect to a host that has no part in it", [{ kind: "redirect", to: "elsewhere" }], "redirect", /evil\.example/],
    ["a redirect to another protocol", [{ kind: "redirect", to: "insecure" }], "redirect", /not secure/],
    ["a redirect to nonsense", [{ kind: "redirect", to: "nowhere" }], "redirect", /no address/],
    ["redirects without end", [{ kind: "redirect", to: "around" }], "redirect", /more than/],
    ["a file that is not there", [{ kind: "status", status: 404 }], "refused", /does not have it/],
    ["a file for others only", [{ kind: "status", status: 403 }], "refused", /signed in/],
  ];
  for (const [what, behaviours, failure, says] of refused) {
    it(`refuses ${what}, and leaves nothing`, async () => {
      const tried = await attempt(behaviours);
      assertAbsent(tried, failure, says);
      assert.ok(!tried.result.ok && tried.result.kept === 0);
    });
  }

  it("refuses a web page of which nothing is known, by its first bytes", async () => {
    assertAbsent(await attempt([{ kind: "html", as: "application/octet-stream" }], { bytes: undefined!, sha256: undefined! }), "html", /web page/);
  });

  it("refuses a file that ends early, also where neither length nor checksum is known", async () => {
    assertAbsent(await attempt([{ kind: "length", by: -20_000 }], { bytes: undefined!, sha256: undefined! }), "not-a-model", /cut off/);
  });

  it("gives up after some attempts without a byte, and keeps what has come", async () => {
    const tried = await attempt([{ kind: "drop", after: half }, { kind: "status", status: 503 }]);
    assertAbsent(tried, "unreachable", /503/);
    assert.ok(!tried.result.ok && tried.result.kept === half);
  });

  it("says that the network stalls", async () => {
    assertAbsent(await attempt([{ kind: "stall", after: 100 }, { kind: "stall", after: 0 }], { timing: { stallMs: 60, retryMs: [1, 1] } }), "stalled", /nothing came/);
  });

  it("begins again when the file changes on the server, and refuses it when it is another one", async () => {
    assertWhole(await attempt([{ kind: "drop", after: half }, { kind: "ignore-range" }]));
    assertAbsent(await attempt([{ kind: "drop", after: half }, { kind: "changed" }]), "wrong-hash", /SHA-256/);
  });

  it("lets one window at a time download a file", async () => {
    const file = join(folder, "twice.gguf");
    const [first, second] = await Promise.all([attempt([{ kind: "serve" }], { file }), attempt([{ kind: "serve" }], { file })]);
    assertWhole(first);
    assert.ok(!second.result.ok && second.result.failure === "busy");
  });

  it("asks nobody for a file that the disk has no room for", async () => {
    const tried = await attempt([{ kind: "serve" }], { bytes: 4e15 });
    assertAbsent(tried, "no-space", /4000000\.1 GB on the disk/);
    assert.deepEqual(server.sent(tried.url).starts, []);
  });

  it("tells whom it asked and how much came", async () => {
    const contacts: [string, number][] = [];
    await attempt([{ kind: "drop", after: half }, { kind: "redirect", to: "here" }], { onContact: (host, bytes) => contacts.push([host, bytes]) });
    assert.deepEqual(contacts, [[`127.0.0.1:${server.port}`, half], [`127.0.0.1:${server.port}`, content.length - half]]);
  });

  it("200 random downloads: every file whole with the right checksum, or absent with a reason", async () => {
    const random = randomBits(20_261_124);
    const below = (n: number): number => random() % n;
    const behaviours: (() => Behaviour)[] = [
      () => ({ kind: "drop", after: below(content.length) }), () => ({ kind: "drop", after: below(content.length), rudely: true }),
      () => ({ kind: "drop", after: below(3000) }), () => ({ kind: "drop", after: 0 }), () => ({ kind: "stall", after: below(content.length) }),
      () => ({ kind: "status", status: [500, 502, 503, 429, 404, 403][below(6)]! }), () => ({ kind: "html", as: ["text/html", "application/octet-stream"][below(2)]! }),
      () => ({ kind: "redirect", to: (["here", "here", "elsewhere", "around", "insecure"] as const)[below(5)]! }), () => ({ kind: "ignore-range" }),
      () => ({ kind: "wrong-range" }), () => ({ kind: "length", by: below(2) ? 1000 : -1000 }), () => ({ kind: "chunked" }), () => ({ kind: "changed" }),
      () => ({ kind: "corrupt" }), () => ({ kind: "packed" }), () => ({ kind: "serve" }), () => ({ kind: "serve" }),
    ];
    const outcomes = new Map<string, number>();
    const one = async (): Promise<void> => {
      const plan = Array.from({ length: 1 + below(4) }, () => behaviours[below(behaviours.length)]!());
      if (below(3) > 0) plan.push({ kind: "serve" });
      const known = below(4) > 0 ? {} : { sha256: undefined! };
      const tried = await attempt(plan, { ...known, timing: { stallMs: 150, retryMs: [1, 1] } }, below(4) > 0);
      const { result, file } = tried;
      outcomes.set(result.ok ? "whole" : result.failure, (outcomes.get(result.ok ? "whole" : result.failure) ?? 0) + 1);
      const isRight = (): boolean => createHash("sha256").update(readFileSync(file)).digest("hex") === sha256;
      if (!result.ok) assertAbsent(tried, result.failure, /\w{3} .*\w{3}/);
      else if (!("sha256" in known)) assertWhole(tried);
      else assert.ok(isRight() || plan.some(({ kind }) => kind === "corrupt" || kind === "changed"), JSON.stringify(plan));
      for (const leftover of result.ok || result.kept === 0 ? [`${file}.part`, `${file}.part.json`, `${file}.part.lock`] : []) assert.ok(!existsSync(leftover), leftover);
    };
    for (let done = 0; done < 200; done += 20) await Promise.all(Array.from({ length: 20 }, one));
    console.log(`      ${[...outcomes].map(([outcome, times]) => `${outcome} ${times}`).join(", ")}`);
    assert.ok((outcomes.get("whole") ?? 0) >= 50 && outcomes.size >= 6);
    assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith(".lock")), []);
  });
});
