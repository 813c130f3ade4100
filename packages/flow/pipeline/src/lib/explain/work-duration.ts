import { formatDuration } from './format-duration.ts'
import type { TimeScale } from './time-scale.ts'
import type { UnitHistory } from './unit-history.ts'

/** How long it was at work, from the first attempt to the end of the last, for people; empty if it was not. */
export function workDuration({ spans }: UnitHistory, scale: TimeScale): string {
  const work = spans.filter(({ what }) => what === 'work')
  const [first, last] = [work.at(0), work.at(-1)]
  if (first === undefined || last === undefined) return ''
  return formatDuration(scale.place(last.end) - scale.place(first.start))
}
