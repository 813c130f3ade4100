import type { Message } from '@empire/context'

/**
 * Where a provider should cache the compacted prompt: behind what stands at its beginning as before, which may be in the
 * cache; behind the last message that the compaction brought in, which stays until the next one; and at the end.
 *
 * @param added Where the messages are in `after` that are not in `before`, rising.
 */
export function findBreakpoints(
  before: readonly Message[],
  after: readonly Message[],
  added: readonly number[],
): readonly number[] {
  const firstNew = after.findIndex((message, index) => message !== before[index])
  const same = firstNew === -1 ? after.length : firstNew
  const ends = new Set([same - 1, added.at(-1) ?? -1, after.length - 1])
  return [...ends].filter((index) => index >= 0).toSorted((one, other) => one - other)
}
