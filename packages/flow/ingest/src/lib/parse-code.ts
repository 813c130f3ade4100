import type { Block, ContentBlock } from './document.ts'
import { eachLine } from './each-line.ts'

/** A unit with more characters is taken apart into what is in it. */
const largeUnit = 1000
const deepest = 3
/** What goes on with a unit though it stands as far left: closing brackets, and words that continue a statement. */
const continuation =
  /^(?:[)\]}>{]|(?:else|elif|elsif|elseif|except|finally|catch|rescue|ensure|end|endif|endfunction|when|then|do|fi|done|esac|in|where|while)\b)/i
const attached = /^(?:@|#\[|\[\w|\/\/|\/\*|\*|#|--|"""|''')/

interface CodeLine {
  readonly start: number
  readonly end: number
  readonly indent: number
  readonly continues: boolean
  readonly attaches: boolean
  readonly afterBlank: boolean
}

interface Unit {
  readonly first: number
  readonly last: number
}

/**
 * The units of a source code, by its indents: functions, classes and whatever else stands by itself, each with the comments
 * and decorators right before it. In a large one, what is in it is told apart again, as blocks of a greater depth.
 */
export function parseCode(text: string): Block[] {
  const lines = readLines(text)
  const blocks: ContentBlock[] = []
  // A stack, for what is in a unit comes before the next one.
  const open = unitsOf(lines, 0, lines.length - 1)
    .map((unit) => ({ unit, depth: 0, inner: 0 }))
    .toReversed()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { unit, depth, inner } = next
    const start = lines[unit.first]!.start
    const { end } = lines[unit.last]!
    const parts = end - start > largeUnit && inner < deepest ? partsOf(lines, unit) : [unit]
    if (parts.length === 1) {
      blocks.push(depth === 0 ? { kind: 'code', start, end } : { kind: 'code', start, end, depth })
      continue
    }
    for (let index = parts.length - 1; index >= 0; index--) {
      // The first has the head of the unit: before it is as good a place as before the unit.
      open.push({ unit: parts[index]!, depth: index === 0 ? depth : inner + 1, inner: inner + 1 })
    }
  }
  return blocks
}

function readLines(text: string): CodeLine[] {
  const lines: CodeLine[] = []
  let afterBlank = true
  for (const { start, first, end } of eachLine(text)) {
    if (first < end) {
      const words = text.slice(first, Math.min(end, first + 20))
      const indent = columnsOf(text, start, first)
      lines.push({
        start,
        end,
        indent,
        continues: continuation.test(words),
        attaches: attached.test(words),
        afterBlank,
      })
    }
    afterBlank = first === end
  }
  return lines
}

function columnsOf(text: string, start: number, first: number): number {
  let columns = 0
  for (let index = start; index < first; index++) columns += text[index] === '\t' ? 4 - (columns % 4) : 1
  return columns
}

/** Cuts lines before each that stands furthest left and does not go on with the one before. */
function unitsOf(lines: readonly CodeLine[], first: number, last: number): Unit[] {
  const units: Unit[] = []
  if (first > last) return units
  let indent = Infinity
  for (let index = first; index <= last; index++) indent = Math.min(indent, lines[index]!.indent)
  let start = first
  for (let index = first + 1; index <= last; index++) {
    const line = lines[index]!
    const before = lines[index - 1]!
    if (line.indent > indent || line.continues) continue
    if (before.attaches && before.indent <= indent && !line.afterBlank) continue
    if (line.afterBlank || before.indent > indent || before.continues) {
      units.push({ first: start, last: index - 1 })
      start = index
    }
  }
  units.push({ first: start, last })
  return units
}

/** What is in a unit: the first part with its head, the last with its end. One part if it cannot be told apart. */
function partsOf(lines: readonly CodeLine[], { first, last }: Unit): Unit[] {
  const { indent } = lines[first]!
  let body = first
  while (body <= last && lines[body]!.indent <= indent) body++
  let end = last
  while (end > body && lines[end]!.indent <= indent) end--
  const parts = unitsOf(lines, body, end)
  if (parts.length < 2) return [{ first, last }]
  return parts.map((part, index) => ({
    first: index === 0 ? first : part.first,
    last: index === parts.length - 1 ? last : part.last,
  }))
}
