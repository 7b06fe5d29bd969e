// One generation's time on its KV cache. It ends when the caller stops pulling, or with the signal, but never in the middle of an
// evaluation: the native code would go on writing into a cache that somebody else has begun to use.

export class Turn {
  #evaluating = false;

  constructor(private readonly onLeave: () => void, private readonly signal: AbortSignal) {
    signal.addEventListener("abort", this.#aborted, { once: true });
  }

  leave(): void {
    this.signal.removeEventListener("abort", this.#aborted);
    this.onLeave();
  }

  async run<T>(evaluate: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    this.#evaluating = true;
    try {
      const result = await evaluate();
      this.#evaluating = false;
      this.signal.throwIfAborted();
      return result;
    } catch (error) {
      this.leave();
      throw error;
    } finally {
      this.#evaluating = false;
    }
  }

  readonly #aborted = (): void => {
    if (!this.#evaluating) this.leave();
  };
}
