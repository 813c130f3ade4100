import { isBlank } from './is-blank.ts'

/** One line as indexes into a text. Blank if `first` equals `end`. */
export interface Line {
  start: number
  /** The first character that is not blank. */
  first: number
  /** Just after the last character that is not blank. */
  end: number
  /** Where the next line starts. */
  next: number
}

/** The lines of a text, from the start of one. The same object is yielded for all of them. */
export function* eachLine(text: string, from = 0): Generator<Line> {
  const line: Line = { start: from, first: from, end: from, next: from }
  while (line.next < text.length) {
    line.start = line.next
    const feed = text.indexOf('\n', line.start)
    line.next = feed < 0 ? text.length : feed + 1
    let end = feed < 0 ? text.length : feed
    while (end > line.start && isBlank(text.charCodeAt(end - 1))) end--
    let first = line.start
    while (first < end && isBlank(text.charCodeAt(first))) first++
    line.first = first
    line.end = end
    yield line
  }
}
