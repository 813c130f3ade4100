import type { Run } from '../render/run.ts'
import { codePointLength, sliceCodePoints } from '../values/code-points.ts'
import { isPlainObject } from '../values/is-plain-object.ts'
import { keysOf } from '../values/keys-of.ts'
import { LiquidRange } from '../values/liquid-range.ts'
import { listOf } from '../values/list-of.ts'
import { printValue } from '../values/print-value.ts'
import { indexOfText, lastIndexOfText } from '../values/search-text.ts'
import { toInteger } from '../values/to-number.ts'
import { type Filter, filterOf } from './filter.ts'
import { stripHtml } from './strip-html.ts'

/** A filter that makes a text of a text in one pass. */
function textFilter(change: (text: string) => string): Filter {
  return filterOf(0, 0, (run, value) => charged(run, change(textOf(run, value))))
}

/** What a filter takes a value for that should be a text. */
export function textOf(run: Run, value: unknown): string {
  if (typeof value === 'string') {
    run.work(value.length)
    return value
  }
  const text = printValue(value, run)
  run.work(text.length)
  return text
}

/** A text that was made, charged to the memory limit. */
export function charged(run: Run, text: string): string {
  run.use(text.length)
  run.work(text.length)
  return text
}

/** Filters that make texts. */
export const textFilters: Readonly<Record<string, Filter>> = {
  upcase: textFilter((text) => text.toUpperCase()),
  downcase: textFilter((text) => text.toLowerCase()),
  capitalize: textFilter((text) => {
    const first = sliceCodePoints(text, 0, 1)
    return first.toUpperCase() + text.slice(first.length).toLowerCase()
  }),
  strip: textFilter((text) => text.slice(leadingSpace(text), trailingSpace(text))),
  lstrip: textFilter((text) => text.slice(leadingSpace(text))),
  rstrip: textFilter((text) => text.slice(0, trailingSpace(text))),
  strip_newlines: textFilter((text) => text.replaceAll(/\r?\n/g, '')),
  newline_to_br: textFilter((text) => text.replaceAll(/\r?\n/g, '<br />\n')),
  strip_html: textFilter(stripHtml),

  append: filterOf(1, 1, (run, value, end) => charged(run, textOf(run, value) + textOf(run, end))),
  prepend: filterOf(1, 1, (run, value, start) => charged(run, textOf(run, start) + textOf(run, value))),
  replace: filterOf(1, 2, (run, value, part, other) => replaceAll(run, value, part, other)),
  remove: filterOf(1, 1, (run, value, part) => replaceAll(run, value, part, '')),
  replace_first: filterOf(1, 2, (run, value, part, other) => replaceFirst(run, value, part, other)),
  remove_first: filterOf(1, 1, (run, value, part) => replaceFirst(run, value, part, '')),
  replace_last: filterOf(2, 2, (run, value, part, other) => replaceLast(run, value, part, other)),
  remove_last: filterOf(1, 1, (run, value, part) => replaceLast(run, value, part, '')),

  slice: filterOf(1, 2, (run, value, offset, length) => {
    const start = toInteger(offset, run)
    const count = length === undefined || length === null || length === false ? 1 : toInteger(length, run)
    if (!Array.isArray(value)) {
      const text = textOf(run, value)
      return charged(run, sliceCodePoints(text, ...boundsOf(start, count, codePointLength(text))))
    }
    const part: readonly unknown[] = value.slice(...boundsOf(start, count, value.length))
    run.use(part.length)
    return part
  }),

  truncate: filterOf(0, 2, (run, value, length = 50, ellipsis = '...') => {
    if (value === undefined || value === null) return value
    const text = textOf(run, value)
    const most = toInteger(length, run)
    const end = textOf(run, ellipsis)
    if (codePointLength(text) <= most) return text
    return charged(run, sliceCodePoints(text, 0, Math.max(0, most - codePointLength(end))) + end)
  }),

  truncatewords: filterOf(0, 2, (run, value, count = 15, ellipsis = '...') => {
    if (value === undefined || value === null) return value
    const text = textOf(run, value)
    const most = Math.max(1, toInteger(count, run))
    const words: string[] = []
    for (const { 0: word, index } of text.matchAll(/[^\0\t-\r ]+/g)) {
      words.push(word)
      if (words.length < most) continue
      // Whatever stands behind it, if only a space, is cut off.
      if (index + word.length === text.length) break
      return charged(run, words.join(' ') + textOf(run, ellipsis))
    }
    return text
  }),

  split: filterOf(1, 1, (run, value, separator) => {
    const parts = split(run, textOf(run, value), textOf(run, separator))
    while (parts.at(-1) === '') parts.pop()
    return parts
  }),

  join: filterOf(0, 1, (run, value, glue = ' ') => {
    const between = textOf(run, glue)
    let text = ''
    for (const [index, item] of listOf(value, run).entries()) {
      run.step()
      const next = (index === 0 ? '' : between) + textOf(run, item)
      run.use(next.length)
      text += next
    }
    return text
  }),

  size: filterOf(0, 0, (run, value) => {
    if (typeof value === 'string') return codePointLength(textOf(run, value))
    if (Array.isArray(value)) return value.length
    if (value instanceof LiquidRange) return value.size
    return isPlainObject(value) ? keysOf(value, run).length : 0
  }),
}

/** As Ruby has it: the ASCII ones, and the null character. */
function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0
}

function leadingSpace(text: string): number {
  let index = 0
  while (index < text.length && isSpace(text.charCodeAt(index))) index++
  return index
}

function trailingSpace(text: string): number {
  let index = text.length
  while (index > 0 && isSpace(text.charCodeAt(index - 1))) index--
  return index
}

/** Where a slice begins and ends; nothing is left of one that begins outside. */
function boundsOf(offset: number, count: number, length: number): [start: number, end: number] {
  const start = offset < 0 ? length + offset : offset
  return start < 0 || start > length || count < 0 ? [0, 0] : [start, Math.min(length, start + count)]
}

/** The parts of a text between separators; a space stands for any white space, and no separator for every character. */
function split(run: Run, text: string, separator: string): string[] {
  run.use(text.length)
  if (separator === ' ') return text.match(/[^\0\t-\r ]+/g) ?? []
  if (separator === '') return [...text]
  const parts: string[] = []
  let start = 0
  for (let next = indexOfText(text, separator, run); next !== -1; next = indexOfText(text, separator, run, start)) {
    run.use(1)
    parts.push(text.slice(start, next))
    start = next + separator.length
  }
  parts.push(text.slice(start))
  return parts
}

function replaceAll(run: Run, value: unknown, wanted: unknown, replacement: unknown): string {
  const [text, part, other] = [textOf(run, value), textOf(run, wanted), textOf(run, replacement)]
  let result = ''
  const add = (piece: string): void => {
    run.use(piece.length)
    result += piece
  }
  if (part === '') {
    // Before each character, and at the end.
    for (const character of text) {
      run.step()
      add(other + character)
    }
    add(other)
    return result
  }
  let start = 0
  for (let next = indexOfText(text, part, run); next !== -1; next = indexOfText(text, part, run, start)) {
    run.step()
    add(text.slice(start, next) + other)
    start = next + part.length
  }
  add(text.slice(start))
  return result
}

function replaceFirst(run: Run, value: unknown, wanted: unknown, replacement: unknown): string {
  const [text, part] = [textOf(run, value), textOf(run, wanted)]
  return replaceAt(run, text, indexOfText(text, part, run), part, replacement)
}

function replaceLast(run: Run, value: unknown, wanted: unknown, replacement: unknown): string {
  const [text, part] = [textOf(run, value), textOf(run, wanted)]
  return replaceAt(run, text, lastIndexOfText(text, part, run), part, replacement)
}

function replaceAt(run: Run, text: string, index: number, part: string, replacement: unknown): string {
  if (index === -1) return text
  return charged(run, text.slice(0, index) + textOf(run, replacement) + text.slice(index + part.length))
}
