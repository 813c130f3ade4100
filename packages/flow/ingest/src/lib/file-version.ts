import type { BigIntStats } from 'node:fs'

/** Clocks of file systems step: what is written within one step has one time. Some step by two seconds, and then have none between. */
const step = 50_000_000n
const coarseStep = 2_000_000_000n
const second = 1_000_000_000n

/**
 * A mark of the content of a file: its size, inode and times, also that of a change which sets the other back.
 *
 * `undefined` for a file that was written so lately that it may be written again without a change of the mark.
 *
 * @param now Milliseconds since the Unix epoch.
 */
export function fileVersion({ size, ino, mtimeNs, ctimeNs }: BigIntStats, now: number): string | undefined {
  const age = BigInt(Math.floor(now)) * 1_000_000n - (mtimeNs > ctimeNs ? mtimeNs : ctimeNs)
  if (age < (mtimeNs % second === 0n ? coarseStep : step)) return undefined
  return `${size}-${ino}-${mtimeNs.toString(36)}-${ctimeNs.toString(36)}`
}
