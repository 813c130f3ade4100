import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EmpireError } from '@empire/errors'
import { applyEdits } from './repair-edit.ts'
import { repairJson, type RepairResult } from './repair-json.ts'

const tokens = [
  ...'{}[]()"\'`“”,:;\n \\a1-.=+#</',
  ...'``` ```json\n \\" \\n \\u12 \\x41 true None NaN 007 1_000 ... // /* */ => <think> </think> "a" "b": {"a":1} [1,2] Date( -->'.split(
    ' ',
  ),
  '\u0000',
  '\uD83D',
  '\u00A0',
]
const soup = fc.array(fc.constantFrom(...tokens), { maxLength: 20 }).map((parts) => parts.join(''))

/** Whether the document goes on where the value of a prefix of it ends: only the last scalar may be shorter. */
function extend(document: unknown, value: unknown): boolean {
  if (typeof value === 'string') return typeof document === 'string' && document.startsWith(value)
  if (typeof value === 'number') return typeof document === 'number'
  if (Array.isArray(value)) {
    if (!Array.isArray(document) || value.length > document.length) return false
    return value.every((item, index) =>
      index < value.length - 1
        ? JSON.stringify(item) === JSON.stringify(document[index])
        : extend(document[index], item),
    )
  }
  if (typeof value === 'object' && value !== null) {
    if (typeof document !== 'object' || document === null || Array.isArray(document)) return false
    return Object.entries(value).every(
      ([key, part]) => Object.hasOwn(document, key) && extend((document as Record<string, unknown>)[key], part),
    )
  }
  return value === document
}

function attempt(text: string): RepairResult | undefined {
  try {
    return repairJson(text)
  } catch (error) {
    if (EmpireError.isInstance(error) && error.code === 'json_unrepairable') return undefined
    throw error
  }
}

describe('repairJson', () => {
  it('reads valid JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const result = repairJson(text, { decodeString: false })
        expect(result).toEqual({ value: JSON.parse(text), text, edits: [], confidence: 1, truncatedAt: undefined })
      }),
    )
  })

  it('gives edits that make the text, and a text that JSON.parse reads as the value', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const result = attempt(text)
        if (result === undefined) return
        expect(applyEdits(text, result.edits)).toBe(result.text)
        expect(JSON.parse(result.text)).toEqual(result.value)
        let position = 0
        for (const { offset, length } of result.edits) {
          expect(offset).toBeGreaterThanOrEqual(position)
          position = offset + length
        }
        expect(position).toBeLessThanOrEqual(text.length)
        expect(result.confidence).toBeGreaterThanOrEqual(0)
        expect(result.confidence).toBeLessThanOrEqual(1)
      }),
      { numRuns: 1000 },
    )
  })

  it('repairs what it has repaired no more', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const repaired = attempt(text)?.text ?? '{}'
        expect(repairJson(repaired, { decodeString: false }).edits).toEqual([])
      }),
    )
  })

  it('reads every prefix of a valid document as one that the document extends', () => {
    const documents = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.array(fc.dictionary(soup, fc.oneof(soup, fc.array(soup)), { maxKeys: 2 }), { maxLength: 2 }),
    )
    fc.assert(
      fc.property(documents, fc.constantFrom(undefined, 2), (document, indent) => {
        const text = JSON.stringify(document, undefined, indent)
        for (let length = 1; length < text.length; length++) {
          const prefix = text.slice(0, length)
          const result = attempt(prefix)
          // Nothing but a minus sign holds no value.
          if (result === undefined && prefix === '-') continue
          const isOpen = /^[[{"]/.test(text)
          const isRight = extend(document, result?.value) && (!isOpen || result?.truncatedAt === length)
          expect(isRight, `${prefix} became ${result?.text}`).toBe(true)
        }
      }),
      { numRuns: 25 },
    )
  })
})
