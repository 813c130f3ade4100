import type { Line } from './each-line.ts'

/** The line that opened a fenced code block. */
export interface Fence {
  readonly character: '`' | '~'
  readonly length: number
  /** Columns before it. */
  readonly indent: number
}

/** The fence that a line opens, also as the first thing of a list item. */
export function openFence(text: string, line: Line): Fence | undefined {
  const index = skipListMarkers(text, line)
  const character = text[index]
  if (character !== '`' && character !== '~') return undefined
  const length = runLength(text, index, line.end)
  if (length < 3) return undefined
  // Backticks after backticks: a code span, as in ```a```.
  if (character === '`' && text.slice(index + length, line.end).includes('`')) return undefined
  return { character, length, indent: index - line.start }
}

/** Whether a line closes a fence: the same character, at least as long, nothing after it, not indented as code. */
export function closesFence(text: string, line: Line, fence: Fence): boolean {
  if (text[line.first] !== fence.character || line.first - line.start > fence.indent + 3) return false
  const length = runLength(text, line.first, line.end)
  return length >= fence.length && line.first + length === line.end
}

function runLength(text: string, start: number, end: number): number {
  let index = start
  while (index < end && text[index] === text[start]) index++
  return index - start
}

function skipListMarkers(text: string, line: Line): number {
  let index = line.first
  for (;;) {
    const start = index
    if (text[index] === '-' || text[index] === '*' || text[index] === '+') index++
    else {
      while (index < line.end && isDigit(text.charCodeAt(index))) index++
      if (index === start) return index
      if (text[index] !== '.' && text[index] !== ')') return start
      index++
    }
    const gap = index
    while (index < line.end && (text[index] === ' ' || text[index] === '\t')) index++
    if (index === gap) return start
  }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}
