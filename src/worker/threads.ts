// How many threads the engine may use. Its threads wait for each other by spinning, so one too many costs far more than one too
// few: with as many threads as cores, a single busy neighbour makes a token take ten to a hundred times as long.

/**
 * Half of the logical processors: with two hardware threads per core that is all cores but no core twice, without them
 * it leaves half of the cores to the editor. More than 6 do not pay for models of the size that suits typing.
 */
export function chooseThreads(logicalProcessors: number, limit = 6): number {
  return Math.max(1, Math.min(Math.floor(logicalProcessors / 2), limit, 6));
}
