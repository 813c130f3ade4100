import { isNumber, plainNumber } from '../values/to-number.ts'
import type { Run } from '../render/run.ts'
import { filterOf } from './filter.ts'
import { longestMoment, type Moment, parseMoment } from './parse-moment.ts'
import { formatMoment } from './format-moment.ts'
import { charged, textOf } from './text-filters.ts'

/** `date`: a time by a pattern of `strftime`; what is no time stays as it is. */
export const dateFilter = filterOf(1, 1, (run, value, pattern) => {
  const format = textOf(run, pattern)
  if (format === '') return value
  const moment = momentOf(value, run)
  const spend = (length: number): void => {
    run.use(length)
    run.step(length)
  }
  return moment === undefined ? value : charged(run, formatMoment(moment, format, spend))
})

function momentOf(value: unknown, run: Run): Moment | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : { time: value.getTime(), offset: 0 }
  if (isNumber(value)) return fromSeconds(plainNumber(value))
  if (typeof value !== 'string' || value.length > longestMoment) return undefined
  const text = value.trim().toLowerCase()
  if (text === 'now' || text === 'today') return { time: run.settings.now(), offset: 0 }
  if (/^\d+$/.test(text)) return fromSeconds(Number(text))
  return parseMoment(value, run.settings.now())
}

/** The range of `Date`. */
const farthest = 8.64e15

function fromSeconds(seconds: number): Moment | undefined {
  return Math.abs(seconds * 1000) <= farthest ? { time: Math.floor(seconds * 1000), offset: 0 } : undefined
}
