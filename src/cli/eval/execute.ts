// Runs a Python program that a model had a part in: in a process of its own, without network, with little memory and little
// time, in a directory that is thrown away. Says whether it ran to its end, and nothing else.
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Limits {
  /** Milliseconds of wall-clock time. */
  timeMs: number;
  /** Bytes of address space. */
  memory: number;
}

const usual: Limits = { timeMs: 5000, memory: 1 << 30 };

/** Sets the limits inside the process and then becomes the program. */
const starter = `
import resource, runpy, sys
memory, seconds = int(sys.argv[2]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
runpy.run_path(sys.argv[1], run_name="__main__")
`;

/** True if the program comes to its last line within the limits; leaving early, even with success, does not count. */
export async function runsThrough(program: string, limits: Limits = usual): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), "inkling-eval-"));
  const mark = randomUUID();
  try {
    writeFileSync(join(directory, "program.py"), `${program}\nprint("\\n${mark}")\n`);
    return (await outputOf(directory, limits)).trimEnd().endsWith(mark);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function outputOf(directory: string, limits: Limits): Promise<string> {
  const python = ["python3", "-I", "-c", starter, "program.py", String(limits.memory), String(Math.ceil(limits.timeMs / 1000))];
  const [command, ...args] = networkCanBeCut() ? ["unshare", "--map-root-user", "--net", ...python] : python;
  return new Promise((resolve, reject) => {
    // A group of its own, so that children of the program go with it.
    const child = spawn(command!, args, {
      cwd: directory, detached: true, stdio: ["ignore", "pipe", "ignore"], env: { PATH: process.env["PATH"] ?? "", HOME: directory },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4096)));
    const timer = setTimeout(() => killGroup(child.pid), limits.timeMs);
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(new Error(`Python 3 is needed to run the problems' tests: ${error.message}`));
    });
    child.on("close", () => {
      clearTimeout(timer);
      resolve(output);
    });
  });
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}

let canCut: boolean | undefined;

/** Whether this user may start processes without any network device (Linux, where user namespaces are allowed). */
export function networkCanBeCut(): boolean {
  return (canCut ??= spawnSync("unshare", ["--map-root-user", "--net", "true"]).status === 0);
}

/** `work` for all items, at most `width` at the same time; results in the items' order. */
export async function inParallel<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i]!);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
