import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPartialJsonParser } from './create-partial-json-parser.ts'
import { repairJson } from './repair-json.ts'

/** Text that JSON.parse reads, with white space and escapes as they come. */
const documents = fc
  .tuple(
    fc.oneof(
      fc.jsonValue(),
      fc.json().map((text) => JSON.parse(text) as unknown),
      strange(),
    ),
    fc.constantFrom(undefined, 1, '\t'),
    fc.boolean(),
  )
  .map(([value, space, ascii]) => {
    const text = JSON.stringify(value, undefined, space)
    return ascii ? text.replaceAll(/[\u0080-\uffff]/g, escaped) : text
  })

/** For what looks at each prefix. */
const short = documents.filter((text) => text.length <= 120)

/** What models write, or nearly. */
const messes = fc
  .array(
    fc.constantFrom(
      ...'{}[]:,"\'`\\/#*\n <>()=;.+-_“”’…',
      '"a"',
      'key',
      'true',
      'None',
      '12.5e-3',
      '```json\n',
      '```',
      '<think>',
      '</think>',
      'Here is [1] it: ',
      '// note\n',
      '/* note */',
      '\\u00e9',
      '\\ud83d',
      '😀',
      '"""',
      '{"a":',
      '{"id": 1, "name": "x y"}',
      '\u00a0',
      '...',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

describe('createPartialJsonParser', () => {
  it('ends with what JSON.parse gives, whatever the pieces', () => {
    fc.assert(
      fc.property(documents, cuts(), (text, lengths) => {
        for (const strict of [true, false]) {
          const parser = createPartialJsonParser({ strict })
          for (const piece of cut(text, lengths)) parser.push(piece)
          expect(parser.end()).toEqual({ value: JSON.parse(text), truncatedAt: undefined })
        }
      }),
      { numRuns: 100 },
    )
  })

  it('ends with the same for bytes, whatever the pieces', () => {
    fc.assert(
      fc.property(documents, cuts(), (text, lengths) => {
        const parser = createPartialJsonParser()
        const bytes = new TextEncoder().encode(text)
        for (const piece of cutBytes(bytes, lengths)) parser.push(piece)
        expect(parser.end().value).toEqual(JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)))
      }),
      { numRuns: 100 },
    )
  })

  it('shows the same after the same text, whatever the pieces, also of what is no JSON', () => {
    fc.assert(
      fc.property(fc.oneof(messes, short), (text) => {
        const byCharacter = createPartialJsonParser()
        for (let length = 1; length <= text.length; length++) {
          byCharacter.push(text[length - 1] as string)
          const whole = createPartialJsonParser()
          whole.push(text.slice(0, length))
          expect(whole.value).toEqual(byCharacter.value)
        }
        const whole = createPartialJsonParser()
        whole.push(text)
        expect(outcome(() => whole.end())).toEqual(outcome(() => byCharacter.end()))
      }),
      { numRuns: 100 },
    )
  })

  it('shows of a document what later text only extends', () => {
    fc.assert(
      fc.property(short, (text) => {
        const parser = createPartialJsonParser()
        const shown: unknown[] = []
        for (const character of text) {
          parser.push(character)
          shown.push(parser.value)
        }
        shown.push(parser.end().value)
        expect(shown.filter((value, index) => index > 0 && !isExtended(shown[index - 1], value))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('never changes what was read', () => {
    fc.assert(
      fc.property(fc.oneof(messes, short), (text) => {
        const parser = createPartialJsonParser()
        const shown: { value: unknown; text: string | undefined }[] = []
        for (const character of text) {
          parser.push(character)
          const { value } = parser
          shown.push({ value, text: JSON.stringify(value) })
        }
        for (const { value, text: then } of shown) expect(JSON.stringify(value)).toBe(then)
      }),
      { numRuns: 100 },
    )
  })

  it('says of a value that it is complete when it is there as it stays', () => {
    fc.assert(
      fc.property(fc.oneof(messes, short), (text) => {
        const parser = createPartialJsonParser()
        const complete: { path: (string | number)[]; value: string }[] = []
        for (const character of text) {
          parser.push(character)
          for (const path of pathsOf(parser.value))
            if (parser.isComplete(path)) complete.push({ path, value: JSON.stringify(at(parser.value, path)) })
        }
        const stays = complete.filter(({ path }) => !path.some((step) => mayComeTwice(step, text)))
        expect(stays.map(({ path }) => JSON.stringify(at(parser.value, path)))).toEqual(stays.map(({ value }) => value))
      }),
      { numRuns: 100 },
    )
  })

  it('ends with what repairJson makes of the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(messes, short), (text) => {
        const parser = createPartialJsonParser()
        parser.push(text)
        const whole = outcome(() => repairJson(text, { several: 'first', decodeString: false }).value)
        expect(outcome(() => parser.end().value)).toEqual(whole)
      }),
      { numRuns: 200 },
    )
  })

  it('shows of the beginning of a document what repairJson makes of it, but for a bracket or a fence at the end of an open string', () => {
    fc.assert(
      fc.property(short, (text) => {
        for (let length = 1; length <= text.length; length++) {
          const beginning = text.slice(0, length)
          if (endsInString(beginning) && /[\]})`]\s*$/.test(beginning)) continue
          const parser = createPartialJsonParser()
          parser.push(beginning)
          expect(parser.value).toEqual(repaired(beginning))
        }
      }),
      { numRuns: 100 },
    )
  })
})

function strange(): fc.Arbitrary<unknown> {
  const text = fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '\u2028', ' ', 'é', '😀', '\ud83d', '\ude00', 'a', '{', ',', '\u0000'),
  })
  const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '', '1', '0'))
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
      text,
      fc.constantFrom(1e21, -1.5e-7, 0, -12, true, false, null),
      tie('list'),
      tie('record'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    record: fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  })).value
}

function cuts(): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 20 })
}

function cut(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = []
  for (let index = 0, turn = 0; index < text.length; turn++) {
    const length = lengths[turn % lengths.length] as number
    pieces.push(text.slice(index, index + length))
    index += length
  }
  return pieces
}

function cutBytes(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let index = 0, turn = 0; index < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] as number
    pieces.push(bytes.subarray(index, index + length))
    index += length
  }
  return pieces
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function outcome(task: () => unknown): unknown {
  try {
    return task()
  } catch (error) {
    return String(error)
  }
}

/** A scalar at the end can still change, except that a string only grows. */
function isExtended(before: unknown, after: unknown): boolean {
  if (before === undefined) return true
  if (typeof before === 'string') return typeof after === 'string' && after.startsWith(before)
  if (typeof before !== 'object' || before === null) return typeof after === typeof before
  if (Array.isArray(after) !== Array.isArray(before)) return false
  const [earlier, later] = [before, after] as Record<string, unknown>[]
  return Object.keys(before).every(
    (key) => Object.hasOwn(later as object, key) && isExtended(earlier?.[key], later?.[key]),
  )
}

function pathsOf(value: unknown): (string | number)[][] {
  const paths: (string | number)[][] = [[]]
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) for (const path of pathsOf(item)) paths.push([index, ...path])
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) for (const path of pathsOf(item)) paths.push([key, ...path])
  return paths
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  let found = value
  for (const step of path) found = (found as Record<string | number, unknown>)[step]
  return found
}

/** Whether a key may come twice in a text that is no JSON, where the later value replaces one that was complete. */
function mayComeTwice(step: string | number, text: string): boolean {
  if (typeof step === 'number' || isJson(text)) return false
  const plain = text.replaceAll(/\\u([\da-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return plain.split(step).length > 2
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function repaired(text: string): unknown {
  try {
    return repairJson(text).value
  } catch {
    return undefined
  }
}

function endsInString(text: string): boolean {
  return (text.replaceAll(/\\./gs, '').match(/"/g) ?? []).length % 2 === 1
}
