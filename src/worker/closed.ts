// How a door is closed: the function stays, and throws. Every attempt is told on standard error as well, because a dependency that swallows
// the error would go unnoticed; the extension's log and the privacy test read it there.

/** Thrown by everything that was closed. */
export class ClosedError extends Error {
  readonly code = "ERR_INKLING_CLOSED";
  constructor(door: string) {
    super(`${door} is closed: the process that reads code has no network and starts no processes`);
    process.stderr.write(`inkling: ${this.code} ${door}\n`);
  }
}

/** Puts a value in place of a property, for good. */
export function fix(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true });
}

/** Closes the functions of these names, as far as this version of Node has them. */
export function close(owner: object | undefined, label: string, names: readonly string[]): void {
  for (const name of names) {
    if (!owner || !(name in owner)) continue;
    fix(owner, name, function (): never {
      throw new ClosedError(`${label}.${name}`);
    });
  }
}

/** All functions of an object whose every function goes out, such as those of a name resolver. */
export function functionsOf(owner: object): string[] {
  const own = owner as Record<string, unknown>;
  return Object.getOwnPropertyNames(owner).filter((name) => name !== "constructor" && typeof own[name] === "function");
}
