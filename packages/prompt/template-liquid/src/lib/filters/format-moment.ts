import type { Moment } from './parse-moment.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const directive = /%([-0^#_]{0,9})(\d{0,9})(:{0,3}[a-zA-Z%+])/g

/** What a directive stands for: a text, or a number with its usual width and padding. */
type Field = string | { readonly value: number; readonly width: number; readonly pad?: ' ' }

const composed: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  v: '%e-%^b-%Y',
  '+': '%a %b %e %H:%M:%S %Z %Y',
}

/**
 * A time by a pattern of `strftime`, as Ruby has it: directives with flags (`-` no padding, `0` and `_` what to pad with,
 * `^` upper case, `#` the other case) and a width. What is no directive stays as it is.
 *
 * @param charge Is told the length of what is made, before it is made.
 */
export function formatMoment(moment: Moment, pattern: string, charge: (length: number) => void): string {
  // As if it were UTC, so that the parts are those of the zone.
  const local = new Date(moment.time + moment.offset * 60_000)
  return pattern.replaceAll(directive, (whole, flags: string, width: string, letter: string) => {
    charge(Math.max(whole.length, Number(width)))
    const inner = composed[letter]
    const field =
      inner === undefined ? fieldOf(letter, local, moment, Number(width)) : formatMoment(moment, inner, charge)
    return field === undefined ? whole : padded(field, flags, width === '' ? undefined : Number(width), letter)
  })
}

function padded(field: Field, flags: string, width: number | undefined, letter: string): string {
  if (typeof field === 'string') {
    const text = withCase(field, flags, letter)
    if (flags.includes('-')) return text
    return text.padStart(width ?? 0, flags.includes('0') ? '0' : ' ')
  }
  const text = String(Math.abs(field.value))
  const sign = field.value < 0 ? '-' : ''
  if (flags.includes('-')) return sign + text
  const pad = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : (field.pad ?? '0')
  const wanted = width ?? field.width
  return pad === '0' ? sign + text.padStart(wanted - sign.length, '0') : (sign + text).padStart(wanted, ' ')
}

function withCase(text: string, flags: string, letter: string): string {
  if (flags.includes('^')) return text.toUpperCase()
  if (!flags.includes('#')) return text
  return letter === 'p' ? text.toLowerCase() : text.toUpperCase()
}

function fieldOf(letter: string, local: Date, moment: Moment, width: number): Field | undefined {
  const year = local.getUTCFullYear()
  const hour = local.getUTCHours()
  const weekday = local.getUTCDay()
  switch (letter) {
    case 'Y':
      return { value: year, width: year < 0 ? 5 : 4 }
    case 'C':
      return { value: Math.floor(year / 100), width: 2 }
    case 'y':
      return { value: ((year % 100) + 100) % 100, width: 2 }
    case 'm':
      return { value: local.getUTCMonth() + 1, width: 2 }
    case 'B':
      return months[local.getUTCMonth()] ?? ''
    case 'b':
    case 'h':
      return (months[local.getUTCMonth()] ?? '').slice(0, 3)
    case 'd':
      return { value: local.getUTCDate(), width: 2 }
    case 'e':
      return { value: local.getUTCDate(), width: 2, pad: ' ' }
    case 'j':
      return { value: dayOfYear(local) + 1, width: 3 }
    case 'H':
      return { value: hour, width: 2 }
    case 'k':
      return { value: hour, width: 2, pad: ' ' }
    case 'I':
      return { value: hour % 12 || 12, width: 2 }
    case 'l':
      return { value: hour % 12 || 12, width: 2, pad: ' ' }
    case 'P':
      return hour < 12 ? 'am' : 'pm'
    case 'p':
      return hour < 12 ? 'AM' : 'PM'
    case 'M':
      return { value: local.getUTCMinutes(), width: 2 }
    case 'S':
      return { value: local.getUTCSeconds(), width: 2 }
    case 'L':
    case 'N':
      return String(local.getUTCMilliseconds())
        .padStart(3, '0')
        .padEnd(width || (letter === 'L' ? 3 : 9), '0')
        .slice(0, width || 9)
    case 'A':
      return weekdays[weekday] ?? ''
    case 'a':
      return (weekdays[weekday] ?? '').slice(0, 3)
    case 'u':
      return { value: weekday || 7, width: 1 }
    case 'w':
      return { value: weekday, width: 1 }
    case 'G':
      return { value: isoWeek(local).year, width: 4 }
    case 'g':
      return { value: isoWeek(local).year % 100, width: 2 }
    case 'V':
      return { value: isoWeek(local).week, width: 2 }
    case 'U':
      return { value: Math.floor((dayOfYear(local) + 7 - weekday) / 7), width: 2 }
    case 'W':
      return { value: Math.floor((dayOfYear(local) + 7 - ((weekday + 6) % 7)) / 7), width: 2 }
    case 's':
      return { value: Math.floor(moment.time / 1000), width: 1 }
    case 'z':
    case ':z':
    case '::z':
      return zoneOf(moment.offset, letter)
    case 'Z':
      return moment.offset === 0 ? 'UTC' : ''
    case 'n':
      return '\n'
    case 't':
      return '\t'
    case '%':
      return '%'
    default:
      return undefined
  }
}

function zoneOf(offset: number, letter: string): string {
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')
  const minutes = String(Math.abs(offset) % 60).padStart(2, '0')
  const colon = letter === 'z' ? '' : ':'
  return (offset < 0 ? '-' : '+') + hours + colon + minutes + (letter === '::z' ? ':00' : '')
}

const day = 86_400_000

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / day)
}

/** The week of ISO 8601: the first one has the first Thursday of the year. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * day)
  return { year: thursday.getUTCFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 }
}
