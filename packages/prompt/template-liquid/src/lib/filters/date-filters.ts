import { isNumber, plainNumber } from '../values/to-number.ts'
import type { Run } from '../render/run.ts'
import { type Filter, filterOf } from './filter.ts'
import { longestMoment, type Moment, parseMoment } from './parse-moment.ts'
import { formatMoment } from './format-moment.ts'
import { charged, textOf } from './text-filters.ts'

/** `date`: a time by a pattern of `strftime`; what is no time stays as it is. */
const dateFilter = filterOf(1, 1, (run, value, pattern) => {
  const format = textOf(run, pattern)
  return format === '' ? value : formatted(run, value, () => format)
})

/** A filter that writes a time by one pattern. */
function fixed(pattern: string): Filter {
  return filterOf(0, 0, (run, value) => formatted(run, value, () => pattern))
}

/** A day, with `"ordinal"` and perhaps `"US"`: `07 Nov 2008`, `7th Nov 2008`, `Nov 7th, 2008`. */
function day(month: string): Filter {
  return filterOf(0, 2, (run, value, type, style) =>
    formatted(run, value, ({ time, offset }) => {
      if (type !== 'ordinal') return `%d ${month} %Y`
      const number = new Date(time + offset * 60_000).getUTCDate()
      const ordinal = `${number}${suffixOf(number)}`
      return style === 'US' ? `${month} ${ordinal}, %Y` : `${ordinal} ${month} %Y`
    }),
  )
}

function suffixOf(number: number): string {
  if (number >= 11 && number <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][number % 10] ?? 'th'
}

/** `date`, and those of Jekyll for certain patterns. */
export const dateFilters: Readonly<Record<string, Filter>> = {
  date: dateFilter,
  date_to_string: day('%b'),
  date_to_long_string: day('%B'),
  date_to_xmlschema: fixed('%Y-%m-%dT%H:%M:%S%:z'),
  date_to_rfc822: fixed('%a, %d %b %Y %H:%M:%S %z'),
}

function formatted(run: Run, value: unknown, patternFor: (moment: Moment) => string): unknown {
  const moment = momentOf(value, run)
  if (moment === undefined) return value
  const spend = (length: number): void => {
    run.use(length)
    run.step(length)
  }
  return charged(run, formatMoment(moment, patternFor(moment), spend))
}

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
