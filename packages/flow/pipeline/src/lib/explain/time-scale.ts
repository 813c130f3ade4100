import type { Span } from './unit-history.ts'

/** Time without what lies between the parts of a run that was resumed. All in milliseconds. */
export interface TimeScale {
  /** How long all of it is. */
  readonly length: number
  /** How much was left out: nothing was at work then. */
  readonly leftOut: number
  /** Where a moment lies, from 0 to `length`. */
  place(at: number): number
}

interface Gap {
  readonly start: number
  readonly length: number
}

/** Idle times longer than this, and than all work together, are left out. */
const shortestGap = 1_000
/** So many of them, the longest. */
const mostGaps = 20

/** A scale from `start` to `end` on which the spans can be seen, also where nothing was at work for a night. */
export function timeScale(spans: readonly Span[], start: number, end: number): TimeScale {
  const gaps = gapsBetween(spans, start, end)
  const leftOut = gaps.reduce((sum, { length }) => sum + length, 0)
  return {
    length: end - start - leftOut,
    leftOut,
    place(at) {
      let place = at - start
      for (const gap of gaps) place -= Math.min(gap.length, Math.max(0, at - gap.start))
      return Math.max(0, place)
    },
  }
}

function gapsBetween(spans: readonly Span[], start: number, end: number): Gap[] {
  const idle: Gap[] = []
  let busyUntil = start
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.start > busyUntil) idle.push({ start: busyUntil, length: span.start - busyUntil })
    busyUntil = Math.max(busyUntil, span.end)
  }
  if (end > busyUntil) idle.push({ start: busyUntil, length: end - busyUntil })
  const busy = end - start - idle.reduce((sum, { length }) => sum + length, 0)
  return idle
    .filter(({ length }) => length >= Math.max(shortestGap, busy))
    .toSorted((a, b) => b.length - a.length)
    .slice(0, mostGaps)
}
