/** A time, and the time zone in which it is told. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly time: number
  /** Minutes east of Greenwich. */
  readonly offset: number
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month = `(${months.join('|')})[a-z]*\\.?`

const zones: Readonly<Record<string, number>> = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
}

const datePatterns: readonly (readonly [pattern: RegExp, order: string])[] = [
  [/(-?\d{4,6})-(\d{1,2})-(\d{1,2})/, 'ymd'],
  [/\b(\d{4})\/(\d{1,2})\/(\d{1,2})/, 'ymd'],
  [/\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/, 'dmy'],
  [new RegExp(`\\b${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?(?:\\s+(\\d{4}))?\\b`), 'mdy'],
  [new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+${month},?(?:[\\s-]+(\\d{4}))?\\b`), 'dmy'],
  [new RegExp(`\\b${month},?\\s+(\\d{4})\\b`), 'my'],
  [/\b(\d{4})(\d{2})(\d{2})(?=t|\b)/, 'ymd'],
  [/\b(\d{4})-(\d{2})\b/, 'ym'],
]

const timePattern = /(?:^|[\st])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm)?/
const zonePattern = /(?:\d|\s)(z|utc|gmt|[ecmp][sd]t)\b|(?:\d|\s|utc|gmt)([+-])(\d{2}):?(\d{2})(?!\d)/

/** The longest text that can be a time. */
export const longestMoment = 100

/**
 * The time that a text tells: ISO 8601, the forms of mail and HTTP, `March 14, 2016 10:30 PM`, `14 Mar 2016`, `14/3/2016`.
 *
 * Without a time zone it is UTC; without a date, it is the day of `now`.
 */
export function parseMoment(input: string, now: number): Moment | undefined {
  const text = input.trim().toLowerCase()
  const clock = timePattern.exec(text)
  const date = dateIn(text)
  if (date === undefined && clock === null) return undefined
  const rest = clock === null ? text : text.slice(clock.index + clock[0].trimEnd().length - 1)
  const offset = clock === null ? 0 : offsetIn(rest)
  const today = new Date(now + offset * 60_000)
  const [year, monthIndex, day] = date ?? [today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()]
  const time = clock === null ? 0 : millisecondsOf(clock)
  if (time === undefined) return undefined
  const start = new Date(0)
  start.setUTCFullYear(year, monthIndex, day)
  if (start.getUTCMonth() !== monthIndex || start.getUTCDate() !== day) return undefined
  return { time: start.getTime() + time - offset * 60_000, offset }
}

function dateIn(text: string): [year: number, month: number, day: number] | undefined {
  for (const [pattern, order] of datePatterns) {
    const match = pattern.exec(text)
    if (match === null) continue
    const part = (name: string): string | undefined => match[order.indexOf(name) + 1]
    const name = part('m') ?? ''
    const monthIndex = /^\d/.test(name) ? Number(name) - 1 : months.indexOf(name)
    if (order.includes('y') && part('y') === undefined) return undefined
    return [Number(part('y')), monthIndex, order.includes('d') ? Number(part('d')) : 1]
  }
  return undefined
}

function millisecondsOf([, hour = '', minute = '', second = '0', fraction = '', half]: RegExpExecArray):
  | number
  | undefined {
  let hours = Number(hour)
  if (half !== undefined) hours = (hours % 12) + (half === 'pm' ? 12 : 0)
  if (hours > 24 || Number(minute) > 59 || Number(second) > 60) return undefined
  return ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
}

function offsetIn(text: string): number {
  const match = zonePattern.exec(text)
  if (match === null) return 0
  const [, name, sign, hours, minutes] = match
  if (name !== undefined) return (zones[name] ?? 0) * 60
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
