import * as char from './char.ts'
import { createEditList } from './edit-list.ts'
import {
  holdsScalars,
  isCitation,
  isContainerAt,
  isLoneText,
  isMembersAt,
  isQuoteFence,
  isStrayQuote,
  scalarEnd,
  tagEnd,
} from './prose.ts'
import { ellipsisLength, isComment, isFence, isQuotedKeyAt, isValueStart, skipSpace } from './look-ahead.ts'
import { escapeDepth } from './escaped-string.ts'
import { readFence } from './fence.ts'
import { commentEnd } from './scan-blank.ts'
import { callLength } from './call-length.ts'
import { scanValue } from './scan-value.ts'
import { at, type Source } from './source.ts'
import { createThoughts, isThoughtBracket } from './thoughts.ts'
import type { RepairKind } from './repair-kind.ts'

/** A value that was found in a text. */
export interface FoundValue {
  readonly start: number
  readonly end: number
  readonly isCut: boolean
  readonly source: Source
  /** How likely it is the one that was asked for: fenced as JSON 3, in the open 2, an example or a citation 1, a quotation 0. */
  readonly rank: 0 | 1 | 2 | 3
}

/** A part of the text around the values. */
export interface Wrapping {
  readonly kind: RepairKind
  readonly from: number
  readonly to: number
}

/** All values of a text, and what is known of the text between them. */
export interface FoundValues {
  readonly values: readonly FoundValue[]
  readonly wrappings: readonly Wrapping[]
}

/** Walks over a text once and reads every value in it. */
export function findValues(source: Source): FoundValues {
  const { text } = source
  const thoughts = createThoughts(text)
  let values: FoundValue[] = []
  let wrappings: Wrapping[] = []
  let fenceRank: 0 | 1 | 3 = 0
  /** Nothing but values stands between here and the start of the text, of a fence, or the end of one or of a thought. */
  let isOpen = true
  let quotation: FoundValue | undefined
  /** The text is nothing but numbers and literals. */
  let isScalarList: boolean | undefined
  /** Words were met that are no part of a value. */
  let hasProse = false
  let offset = 0
  while (offset < text.length) {
    const code = text.charCodeAt(offset)
    if (char.isJsonSpace(code) || char.isForeignSpace(code)) {
      offset++
    } else if (code === char.lessThan || isThoughtBracket(text, offset)) {
      const thought = thoughts.read(offset)
      if (thought === undefined) {
        const end = isOpen ? tagEnd(text, offset) : 0
        if (end === 0) isOpen = false
        offset = Math.max(end, offset + 1)
        continue
      }
      if (thought.isEnd) {
        values = []
        quotation = undefined
        wrappings = [{ kind: 'remove_thought', from: 0, to: thought.end }]
      } else wrappings.push({ kind: 'remove_thought', from: offset, to: thought.end })
      offset = thought.end
      isOpen = true
    } else if (isFence(text, offset)) {
      const fence = readFence(text, offset, fenceRank > 0)
      wrappings.push({ kind: 'remove_fence', from: offset, to: fence.end })
      fenceRank = fence.rank
      offset = fence.end
      // What a fence of Bash begins with is no value.
      isOpen = fenceRank !== 1
    } else if (isOpen && isQuoteFence(text, offset)) {
      const { end } = readFence(text, offset, values.length > 0)
      wrappings.push({ kind: 'remove_fence', from: offset, to: end })
      offset = end
    } else if (isOpen && isStrayQuote(text, offset, values.length > 0)) {
      offset++
    } else if (isOpen && isComment(text, offset)) {
      const end = commentEnd(text, offset)
      wrappings.push({ kind: 'remove_comment', from: offset, to: end })
      offset = end
    } else if (isOpen && values.length > 0 && (code === char.comma || code === char.semicolon)) {
      offset++
    } else {
      const value = readAt(offset)
      if (value === undefined) {
        offset = proseEnd(text, offset)
        isOpen = false
        hasProse = true
      } else {
        values.push(value)
        offset = Math.max(value.end, offset + 1)
      }
    }
  }
  if (values.length === 0 && quotation !== undefined) values = [quotation]
  return { values, wrappings }

  function readAt(start: number): FoundValue | undefined {
    const code = at(text, start)
    const isBracket = code === char.openBrace || code === char.openBracket
    if (isBracket) {
      if (!isContainerAt(text, start, isOpen)) return undefined
      return read(start, false, !isOpen && isCitation(text, start) ? 1 : rank())
    }
    if (!isOpen) return undefined
    if (char.quoteFamily(code) > 0 || escapeDepth(text, start) > 0) {
      const value = read(start, isQuotedKeyAt(text, start), rank())
      // A quotation that begins prose is no value, unless there is no other.
      if (value === undefined || !value.isCut || value.source.edits.size <= 2) return value
      quotation ??= { ...value, rank: 0 }
      return undefined
    }
    if (code === char.openParenthesis) {
      const next = skipSpace(text, start + 1)
      const isTuple = isValueStart(text, next) || at(text, next) === char.closeParenthesis
      return isTuple && next < text.length ? read(start, false, rank()) : undefined
    }
    const call = callLength(text, start)
    if (call > 0) {
      const next = skipSpace(text, start + call)
      const isCall = isValueStart(text, next)
      return isCall && ellipsisLength(text, next) === 0 ? read(start, false, rank()) : undefined
    }
    if (scalarEnd(text, start) > 0 || (isScalarList ??= holdsScalars(text))) return read(start, false, rank())
    if (values.length > 0 || hasProse) return undefined
    if (isMembersAt(text, start)) return read(start, true, rank())
    return isLoneText(text, start) ? read(start, false, rank()) : undefined
  }

  function rank(): 1 | 2 | 3 {
    return fenceRank === 0 ? 2 : fenceRank
  }

  function read(start: number, asObject: boolean, valueRank: FoundValue['rank']): FoundValue | undefined {
    const own: Source = { ...source, edits: createEditList() }
    const { end, isCut, isLost } = scanValue(own, start, asObject)
    return isLost ? undefined : { start, end, isCut, source: own, rank: valueRank }
  }
}

/** The next place in prose at which a value, a fence or a thought can begin. */
function proseEnd(text: string, from: number): number {
  let offset = from + 1
  for (; offset < text.length; offset++) {
    const code = text.charCodeAt(offset)
    if (code === char.openBrace || code === char.openBracket || code === char.lessThan) return offset
    if (isFence(text, offset)) return offset
  }
  return offset
}
