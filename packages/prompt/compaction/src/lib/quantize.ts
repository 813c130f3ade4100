/**
 * How many of `count` items, the oldest, are no longer among the `keep` newest; in whole steps.
 *
 * Between two steps the answer stays the same while `count` grows, and so does the beginning of what is left.
 */
export function quantize(count: number, keep: number, step: number): number {
  return Math.max(Math.floor((count - keep) / step) * step, 0)
}
