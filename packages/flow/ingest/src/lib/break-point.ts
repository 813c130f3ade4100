import { isBlank } from './is-blank.ts'

/** Where a text may be cut, from the best place to the worst. */
export type BreakKind = 'sentence' | 'line' | 'word' | 'character'

const sentenceEnds = '.!?…'
const wideSentenceEnds = '。！？｡'
const closers = '"\')]}»”’*_`'
const itemNumber = /(?:^|\n)[ \t]*\d{1,9}$/
const longestItemNumber = 24
const listItem = /[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/y

/**
 * The last place in (`from`, `to`] to cut a text, just after a character that is not blank.
 *
 * `undefined`: there is none of that kind. A `character` break is always found, if need be after `to`.
 */
export function lastBreak(text: string, kind: BreakKind, from: number, to: number): number | undefined {
  if (kind === 'character') {
    if (to > from + 1) return splitsPair(text, to) ? to - 1 : to
    return splitsPair(text, from + 1) ? from + 2 : from + 1
  }
  for (let index = to; index > from; index--) {
    if (!isBlank(text.charCodeAt(index - 1)) && isBreak(text, kind, index)) return index
  }
  return undefined
}

function isBreak(text: string, kind: 'sentence' | 'line' | 'word', index: number): boolean {
  const gap = index === text.length || isBlank(text.charCodeAt(index))
  if (kind === 'word') return gap
  if (kind === 'line') return gap && nextLine(text, index) !== undefined
  return endsSentence(text, index, gap) || (gap && startsListItem(text, nextLine(text, index)))
}

function endsSentence(text: string, index: number, gap: boolean): boolean {
  let last = index - 1
  while (index - last < 5 && closers.includes(text[last] ?? ' ')) last--
  const end = text[last] ?? ' '
  return (gap && sentenceEnds.includes(end) && !isItemNumber(text, last)) || wideSentenceEnds.includes(end)
}

/** Whether the dot at `dot` belongs to the number of a list item. */
function isItemNumber(text: string, dot: number): boolean {
  return itemNumber.test(text.slice(Math.max(0, dot - longestItemNumber), dot))
}

/** Where the line of the next character starts, if it is a later line. */
function nextLine(text: string, index: number): number | undefined {
  let line: number | undefined
  for (let next = index; next < text.length && isBlank(text.charCodeAt(next)); next++)
    if (text[next] === '\n') line = next + 1
  return line
}

function startsListItem(text: string, line: number | undefined): boolean {
  if (line === undefined) return false
  listItem.lastIndex = line
  return listItem.test(text)
}

function splitsPair(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1)
  const after = text.charCodeAt(index)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}
