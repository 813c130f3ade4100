import * as char from './char.ts'
import { createEditList, type EditList } from './edit-list.ts'
import type { FoundValue, Wrapping } from './find-values.ts'
import { skipSpace } from './look-ahead.ts'
import type { RepairEdit } from './repair-edit.ts'
import type { RepairKind } from './repair-kind.ts'
import { at } from './source.ts'

/** The edits that leave the given values of a text, as an array if there are several. */
export function assemble(text: string, values: readonly FoundValue[], wrappings: readonly Wrapping[]): RepairEdit[] {
  const edits = createEditList()
  const isSplit = isSplitList(text, values)
  let position = 0
  let wrapping = 0
  for (const [index, value] of values.entries()) {
    coverTo(value.start, index === 0 ? 'before' : 'between')
    if (values.length > 1 && !(isSplit && index === 0))
      edits.add('join_values', value.start, 0, index === 0 ? '[' : ',')
    for (const { kind, offset, length, replacement } of value.source.edits.sorted())
      edits.add(kind, offset, length, replacement)
    position = value.end
    if (isSplit && index === 0) edits.add('remove_closer', value.end - 1, 1, '')
  }
  if (values.length > 1) edits.add('join_values', position, 0, ']')
  coverTo(text.length, 'after')
  return edits.sorted()

  function coverTo(to: number, where: 'before' | 'between' | 'after'): void {
    for (; wrapping < wrappings.length; wrapping++) {
      const next = wrappings[wrapping]
      if (next === undefined || next.from >= to) break
      if (next.from < position) continue
      cover(edits, text, position, next.from, where)
      edits.add(next.kind, next.from, next.to - next.from, '')
      position = next.to
    }
    cover(edits, text, position, to, where)
    position = to
  }
}

/** Removes what stands between two offsets; white space of JSON may stay. */
function cover(edits: EditList, text: string, from: number, to: number, where: 'before' | 'between' | 'after'): void {
  let start = from
  while (start < to && char.isJsonSpace(text.charCodeAt(start))) start++
  let end = to
  while (end > start && char.isJsonSpace(text.charCodeAt(end - 1))) end--
  if (start === end) return
  if (where === 'before') return coverBefore(edits, text, start, end)
  let rest = start
  while (rest < end && isLeftOver(text.charCodeAt(rest))) rest++
  if (rest > start) edits.add(leftOverKind(text.slice(start, rest)), start, rest - start, '')
  if (rest < end) edits.add(isOnlySpace(text, rest, end) ? 'replace_space' : 'remove_prose', rest, end - rest, '')
}

/** `callback(` goes as the call that it is, and what stands before it as prose. */
function coverBefore(edits: EditList, text: string, start: number, end: number): void {
  let call = end
  if (at(text, end - 1) === char.openParenthesis) {
    call = end - 1
    while (call > start && isNameCode(text.charCodeAt(call - 1))) call--
  }
  if (call > start)
    edits.add(isOnlySpace(text, start, call) ? 'replace_space' : 'remove_prose', start, call - start, '')
  if (call < end) edits.add('unwrap_call', call, end - call, '')
}

function leftOverKind(text: string): RepairKind {
  if (text.includes('}') || text.includes(']')) return 'remove_closer'
  return text.includes(')') ? 'unwrap_call' : 'remove_trailing_comma'
}

function isLeftOver(code: number): boolean {
  return char.isCloser(code) || code === char.comma || code === char.semicolon || char.isJsonSpace(code)
}

function isNameCode(code: number): boolean {
  return char.isLetter(code) || char.isDigit(code) || code === char.dot
}

function isOnlySpace(text: string, from: number, to: number): boolean {
  return skipSpace(text, from) >= to
}

/** `[1], 2]`: the first value is a list that was closed too early, for a closer without an opener follows the last. */
function isSplitList(text: string, values: readonly FoundValue[]): boolean {
  const [first, second] = values
  const last = values.at(-1)
  if (first === undefined || second === undefined || last === undefined || first.isCut) return false
  if (at(text, first.start) !== char.openBracket || at(text, first.end - 1) !== char.closeBracket) return false
  if (skipSpace(text, first.start + 1) >= first.end - 1 || first.source.edits.size > 0) return false
  if (at(text, skipSpace(text, last.end)) !== char.closeBracket) return false
  return at(text, second.start) !== char.openBracket && /^[\s\]},]*,\s*$/.test(text.slice(first.end, second.start))
}
