// Where a change took place, as the repository's subjects name places: one of their scopes that the changed paths speak of.

/** The scope seen before that fits most of the files; undefined where none does. */
export function scopeFor(paths: readonly string[], scopes: ReadonlyMap<string, number>): string | undefined {
  const best = [...scopes].map(([scope, seen]) => ({ scope, seen, fits: paths.filter((path) => fits(path, scope)).length }))
    .filter(({ fits: fitting }) => fitting > paths.length / 2)
    .sort((a, b) => b.fits - a.fits || depth(paths, b.scope) - depth(paths, a.scope) || b.seen - a.seen);
  return best[0]?.scope;
}

/** `http` fits `src/http/get.ts`, `src/http.ts`, `packages/acme-http/…`; `deps` is for manifests and fits nothing. */
function fits(path: string, scope: string): boolean {
  const wanted = scope.toLowerCase();
  if (wanted.includes("/")) return path.toLowerCase().includes(wanted);
  return segments(path).some((segment) => segment === wanted || segment.replace(/s$/, "") === wanted.replace(/s$/, "") || segment.split(/[-_.]/).includes(wanted));
}

/** The deeper a scope's segment, the more it says. */
function depth(paths: readonly string[], scope: string): number {
  return Math.max(...paths.map((path) => segments(path).findIndex((segment) => segment.includes(scope.toLowerCase()))));
}

const segments = (path: string): string[] => path.toLowerCase().replace(/\.[^./]+$/, "").split("/");

/** The folder or file that all paths share, as `net/http` or as `http`. */
export function placeFor(paths: readonly string[], places: ReadonlyMap<string, number>, fullPath: boolean): string | undefined {
  const known = scopeFor(paths, places);
  const folders = paths.map((path) => path.split("/").slice(0, -1));
  const shared: string[] = [];
  for (const [index, segment] of (folders[0] ?? []).entries()) if (folders.every((folder) => folder[index] === segment)) shared.push(segment);
  const trimmed = /^(src|lib|pkg|packages|crates|internal|app|source)$/.test(shared[0] ?? "") && shared.length > 1 ? shared.slice(1) : shared;
  if (known !== undefined && !(fullPath && trimmed.join("/").length > known.length && trimmed.join("/").includes(known))) return known;
  if (trimmed.length === 0) return paths.length === 1 ? paths[0]!.replace(/^.*\//, "").replace(/\.[^.]+$/, "") : known;
  return fullPath ? trimmed.join("/") : trimmed.at(-1);
}
