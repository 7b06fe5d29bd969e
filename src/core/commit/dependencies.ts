// What changed in a manifest: dependencies with their versions, and the project's own version. Reads the lines of the formats that
// package managers use and parses none of them as a whole, so that a file in the middle of an edit still says something.

export interface Dependency {
  name: string;
  version: string;
  dev: boolean;
}

export interface Manifest {
  dependencies: Map<string, Dependency>;
  /** The project's own. */
  version: string | undefined;
  /** Everything else, to see whether something else changed. */
  rest: string;
}

type Reader = (lines: readonly string[]) => Manifest;

const readers: readonly [RegExp, Reader][] = [
  [/(^|\/)(package|composer)\.json$|(^|\/)deno\.jsonc?$/i, readJson],
  [/\.toml$|(^|\/)Pipfile$/i, readToml],
  [/(^|\/)go\.mod$/i, (lines) => readLines(lines, /^\s*(?:require\s+)?(?<name>[\w.-]+\.[\w.-]+\/\S+|[\w.-]+\/\S+)\s+(?<version>v\S+)/)],
  [/\.(txt|in)$/i, (lines) => readLines(lines, /^\s*(?<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(?:[=~<>!]=?=?\s*(?<version>[^\s;,#]+))?/)],
  [/(^|\/)Gemfile$|\.gemspec$/i, (lines) => readLines(lines, /^\s*(?:gem|\w+\.add_\w*dependency)\s*\(?["'](?<name>[\w-]+)["'](?:\s*,\s*["'](?:[~<>=]+\s*)?(?<version>[\d.][^"']*)["'])?/, /(?:spec|s)\.version\s*=\s*["'](?<version>[^"']+)/)],
  [/\.gradle(\.kts)?$/i, (lines) => readLines(lines, /^\s*(?:api|implementation|compileOnly|runtimeOnly|test\w+|classpath|kapt|ksp)\s*\(?["'](?<name>[\w.-]+:[\w.-]+):(?<version>[^"'@]+)/, /^version\s*=\s*["'](?<version>[^"']+)/)],
  [/\.csproj$|\.props$/i, (lines) => readLines(lines, /<Package(?:Reference|Version)\s+Include="(?<name>[^"]+)"\s+Version="(?<version>[^"]+)"/, /<Version>(?<version>[^<]+)/)],
  [/(^|\/)pom\.xml$/i, readPom],
  [/(^|\/)pubspec\.ya?ml$|environment\.ya?ml$/i, (lines) => readLines(lines, /^\s{2,}(?:-\s*)?(?<name>[\w-]+)\s*[:=]=?\s*["']?\^?(?<version>\d[^"'\s]*)/, /^version:\s*(?<version>\S+)/)],
  [/(^|\/)setup\.(py|cfg)$/i, (lines) => readLines(lines, /^\s*["']?(?<name>[A-Za-z][\w.-]*)\s*(?:==|>=|~=)\s*(?<version>[\d.]+\w*)/, /^\s*version\s*=\s*["']?(?<version>[\w.]+)/)],
];

export function readManifest(path: string, text: string): Manifest {
  const lines = text.split(/\r?\n/);
  const reader = readers.find(([pattern]) => pattern.test(path))?.[1];
  return reader ? reader(lines) : { dependencies: new Map(), version: undefined, rest: text };
}

function readJson(lines: readonly string[]): Manifest {
  const manifest = empty();
  let section = "";
  for (const line of lines) {
    const opened = /^\s*"([\w-]+)"\s*:\s*\{\s*$/.exec(line)?.[1];
    if (opened !== undefined) section = opened;
    const entry = /^\s*"([^"]+)"\s*:\s*"([^"]*)"\s*,?\s*$/.exec(line);
    if (/^\s*\}/.test(line)) section = "";
    if (entry && /dependencies$|^require(-dev)?$|^imports$|^resolutions$|^overrides$/i.test(section)) {
      add(manifest, entry[1]!, bare(entry[2]!), /dev/i.test(section));
    } else if (entry?.[1] === "version" && section === "") manifest.version = entry[2]!;
    else manifest.rest += `${line.trim().replace(/,$/, "")}\n`;
  }
  return manifest;
}

function readToml(lines: readonly string[]): Manifest {
  const manifest = empty();
  let section = "";
  let inList = false;
  for (const line of lines) {
    const table = /^\s*\[+([^\]]+)\]/.exec(line)?.[1];
    if (table !== undefined) section = table.trim();
    const isDependencies = /dependenc|packages|^versions$|^libraries$|optional/i.test(section);
    const ownTable = /dependencies\.["']?([\w-]+)["']?$/.exec(section)?.[1];
    if (/^\s*(dependencies|dev|test|requires)\s*=\s*\[/.test(line)) inList = true;
    const listed = inList ? /["']([A-Za-z][\w.-]*)(?:\[[^\]]*\])?\s*(?:[=~<>!]=+\s*([\d][^"',;]*))?/.exec(line) : null;
    const entry = /^\s*["']?([\w.@/-]+)["']?\s*=\s*(?:["']([^"']*)["']|\{(.*)\})/.exec(line);
    if (listed) add(manifest, listed[1]!, listed[2] ?? "", false);
    else if (ownTable !== undefined && entry?.[1] === "version") add(manifest, ownTable, bare(entry[2] ?? ""), /dev/.test(section));
    else if (entry && isDependencies) add(manifest, entry[1]!, bare(entry[2] ?? /version\s*=\s*["']([^"']*)/.exec(entry[3] ?? "")?.[1] ?? ""), /dev|test/.test(section));
    else if (entry?.[1] === "version" && /^(package|project|tool\.poetry|workspace\.package)$/.test(section)) manifest.version = entry[2];
    else manifest.rest += `${line.trim()}\n`;
    if (inList && /\]\s*$/.test(line)) inList = false;
  }
  return manifest;
}

function readPom(lines: readonly string[]): Manifest {
  const manifest = empty();
  const text = lines.join("\n");
  for (const match of text.matchAll(/<(?:dependency|plugin|parent)>([\s\S]*?)<\/(?:dependency|plugin|parent)>/g)) {
    const artifact = /<artifactId>([^<]+)/.exec(match[1]!)?.[1];
    if (artifact !== undefined) add(manifest, artifact, /<version>([^<]+)/.exec(match[1]!)?.[1] ?? "", /<scope>test/.test(match[1]!));
  }
  manifest.rest = text.replace(/<(dependency|plugin|parent)>[\s\S]*?<\/\1>/g, "");
  manifest.version = /<version>([^<]+)/.exec(manifest.rest)?.[1];
  manifest.rest = manifest.rest.replace(/<version>[^<]+/, "");
  return manifest;
}

function readLines(lines: readonly string[], dependency: RegExp, version?: RegExp): Manifest {
  const manifest = empty();
  for (const line of lines) {
    const own = version?.exec(line)?.groups?.["version"];
    const found = /^\s*(#|\/\/|-)/.test(line) ? undefined : dependency.exec(line)?.groups;
    if (own !== undefined) manifest.version = own;
    else if (found?.["name"] !== undefined) add(manifest, found["name"], found["version"] ?? "", /dev|test/i.test(line.slice(0, 12)));
    else manifest.rest += `${line.trim()}\n`;
  }
  return manifest;
}

const empty = (): Manifest => ({ dependencies: new Map(), version: undefined, rest: "" });
const bare = (version: string): string => version.replace(/^[\^~=v<>\s]+(?=\d)/, "");
function add(manifest: Manifest, name: string, version: string, dev: boolean): void {
  manifest.dependencies.set(name, { name, version, dev });
}

export interface ManifestChange {
  added: Dependency[];
  removed: Dependency[];
  bumped: { name: string; from: string; to: string; dev: boolean }[];
  version: { from: string | undefined; to: string } | undefined;
  /** Scripts, metadata and the like. */
  other: boolean;
}

export function compareManifests(path: string, before: string, after: string): ManifestChange {
  const [a, b] = [readManifest(path, before), readManifest(path, after)];
  const bumped = [...b.dependencies.values()].flatMap(({ name, version, dev }) => {
    const old = a.dependencies.get(name);
    return old && old.version !== version ? [{ name, from: old.version, to: version, dev }] : [];
  });
  return {
    bumped,
    added: [...b.dependencies.values()].filter(({ name }) => !a.dependencies.has(name)),
    removed: [...a.dependencies.values()].filter(({ name }) => !b.dependencies.has(name)),
    version: b.version !== undefined && b.version !== a.version ? { from: a.version, to: b.version } : undefined,
    other: a.rest !== b.rest,
  };
}
