const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const month = `(?<month>${months.join('|')})`
const time = String.raw`(?<hours>\d\d):(?<minutes>\d\d):(?<seconds>\d\d)`

/** The three forms of RFC 9110, section 5.6.7: today's, that of RFC 850, and that of asctime. */
const forms = [
  String.raw`[A-Z][a-z]{2}, (?<day>\d\d) ${month} (?<year>\d{4}) ${time} GMT`,
  String.raw`[A-Z][a-z]{5,8}, (?<day>\d\d)-${month}-(?<year>\d\d) ${time} GMT`,
  String.raw`[A-Z][a-z]{2} ${month} (?<day>[ \d]\d) ${time} (?<year>\d{4})`,
].map((form) => new RegExp(`^${form}$`))

/**
 * Milliseconds since the Unix epoch, or `undefined` when `text` is no HTTP date.
 *
 * `Date.parse` would take the asctime form for local time, and a good deal that is no date for one.
 *
 * @param now Decides the century of a two-digit year: never more than 50 years ahead.
 */
export function parseHttpDate(text: string, now: number): number | undefined {
  for (const form of forms) {
    const groups = form.exec(text)?.groups
    if (groups !== undefined) return toTime(groups, now)
  }
  return undefined
}

function toTime(groups: Record<string, string>, now: number): number | undefined {
  const { year = '', month: name = '', day = '', hours = '', minutes = '', seconds = '' } = groups
  // 60 is a leap second.
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return undefined
  const midnight = new Date(0)
  midnight.setUTCFullYear(fullYear(year, now), months.indexOf(name), Number(day))
  // A day that its month does not have would roll over into the next.
  if (midnight.getUTCDate() !== Number(day)) return undefined
  return midnight.getTime() + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

function fullYear(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits)
  const thisYear = new Date(now).getUTCFullYear()
  const year = thisYear - (thisYear % 100) + Number(digits)
  return year > thisYear + 50 ? year - 100 : year
}
