// Mistakes in how a command was called: they end in one sentence and the command's usage, not in a stack.

export class UsageError extends Error {}

/** `util.parseArgs` and the like, whose errors are about the arguments. */
export function orUsageError<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
