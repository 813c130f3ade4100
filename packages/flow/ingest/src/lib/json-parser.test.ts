import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentPart } from './document.ts'
import { jsonParser } from './json-parser.ts'
import { lineAt } from './line-at.ts'
import { ndjsonParser } from './ndjson-parser.ts'
import type { Parser } from './parser.ts'

async function parse(text: string, parser: Parser = jsonParser()): Promise<DocumentPart[]> {
  const parts: DocumentPart[] = []
  const content = { mediaType: parser.mediaTypes[0]!, bytes: Buffer.from(text) }
  for await (const part of parser.parse({ id: 'a', path: 'a.json' }, content)) parts.push(part)
  return parts
}

async function recordsOf(text: string, parser?: Parser): Promise<string[]> {
  const parts = await parse(text, parser)
  return parts.flatMap((part) => part.blocks.map(({ start, end }) => part.text.slice(start, end)))
}

describe('jsonParser', () => {
  it('makes a block of each record, with the way to each value', async () => {
    const text = '{"users": [{"name": "Ada", "tags": ["x", "y"]}, {"name": "Bob", "at": {"city": null}}], "count": 2}'
    expect(await recordsOf(text)).toEqual([
      'users[0].name: Ada\nusers[0].tags: x, y',
      'users[1].name: Bob\nusers[1].at.city: null',
      'count: 2',
    ])
  })

  it.each([
    ['an array of values', '[1, "two", true]', ['1, two, true']],
    ['arrays in arrays', '[[1, 2], [3, [4]]]', ['$[0]: 1, 2', '$[1]: 3\n$[1][1]: 4']],
    ['values between records', '[{"a": 1}, 2, {"a": 3}]', ['$[0].a: 1', '2', '$[2].a: 3']],
    ['empty values', '{"a": {}, "b": [], "c": ""}', ['a: {}', 'b: []', 'c: ""']],
    ['one value', '"text"', ['text']],
    [
      'names that are no words',
      '{"a b": 1, "": 2, "__proto__": 3, "x\\ny": 4}',
      ['$["a b"]: 1', '$[""]: 2', '__proto__: 3', '$["x\\ny"]: 4'],
    ],
    [
      'numbers as they are written',
      '[1e400, 0.1000, 12345678901234567890123]',
      ['1e400, 0.1000, 12345678901234567890123'],
    ],
    ['escapes', '["\\u00e9\\ud83d\\ude00 \\ud800 \\u0000"]', ['é😀 \ufffd \ufffd']],
    ['comments and trailing commas', '// c\n{"a": [1, /* d */ 2,], // "e"\n}', ['a: 1, 2']],
  ])('reads %s', async (_what, text, records) => {
    expect(await recordsOf(text)).toEqual(records)
  })

  it.each([' \n', '{}', '[]'])('finds no text in %j', async (text) => {
    expect(await parse(text)).toEqual([])
  })

  it.each([
    ['{"a": tru}', 'line 1, column 7: expected a value, got "t".'],
    ['{"a" 1}', 'line 1, column 6: expected ":", got "1".'],
    ["{\n  'a': 1\n}", 'line 2, column 3: expected a value, got "\'".'],
    ['[1\n2]', 'line 2, column 1: expected "," or "]", got "2".'],
    ['[01]', 'line 1, column 2: expected a value, got "0".'],
    ['["a\nb"]', 'line 1, column 4: expected a string without line breaks and control characters, got "\\n".'],
    ['["a', 'line 1, column 4: expected the end of the string, got the end.'],
    ['["\\x"]', 'line 1, column 2: expected a string with valid escapes, got "\\"".'],
    ['{"a": 1} x', 'line 1, column 10: expected a value, got "x".'],
    ['1 2', 'line 1, column 3: expected the end, got "2".'],
    ['[', 'line 1, column 2: expected a value, got the end.'],
    ['/* a', 'line 1, column 5: expected the end of the comment, got the end.'],
  ])('refuses %j, and says where', async (text, where) => {
    await expect(parse(text)).rejects.toThrow(
      expect.objectContaining({ code: 'malformed', message: `a.json: not JSON at ${where}` }),
    )
  })

  it('knows the line of each value, and loses none', async () => {
    const value = fc.jsonValue({ maxDepth: 4 })
    await fc.assert(
      fc.asyncProperty(value, fc.integer({ min: 0, max: 3 }), async (json, indent) => {
        let count = 0
        const marked = JSON.stringify(
          json,
          (_key, inner: unknown) => (typeof inner === 'string' ? `${inner}~${count++}~` : inner),
          indent,
        )
        const [part] = await parse(marked)
        for (let index = 0; index < count; index++) {
          const mark = `~${index}~`
          const offset = part!.text.indexOf(mark)
          expect(offset).toBeGreaterThanOrEqual(0)
          expect(lineAt(part!, offset)).toBe(marked.slice(0, marked.indexOf(mark)).split('\n').length)
        }
      }),
    )
  })

  it('takes linear time and no stack for hostile texts', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
      ['[[1],', ']'],
    ] as const) {
      const parts = await parse(`${open.repeat(50_000)}1${close.repeat(50_000)}`)
      expect(parts.at(-1)!.text.endsWith('1')).toBe(true)
    }
    await expect(parse('['.repeat(300_000))).rejects.toThrow('expected a value, got the end')
    expect((await parse(`["${'\\\\'.repeat(100_000)}"]`))[0]!.text).toHaveLength(100_000)
    expect(
      (await parse(`[${'1,'.repeat(200_000)}1]`)).map(({ text }) => text.length).reduce((a, b) => a + b),
    ).toBeGreaterThan(590_000)
  })
})

describe('ndjsonParser', () => {
  it('makes a block of each line', async () => {
    const text = '{"a": 1, "b": {"c": ["x", "y"]}}\r\n\n  {"a": {"a": 2}}\n"text"'
    expect(await recordsOf(text, ndjsonParser())).toEqual(['a: 1\nb.c: x, y', 'a.a: 2', 'text'])
  })

  it('says which line is not JSON, also far into a file', async () => {
    const lines = Array.from({ length: 40_000 }, (_, n) => `{"number": ${n}}`)
    lines[39_000] = '{"number": }'
    await expect(parse(lines.join('\n'), ndjsonParser())).rejects.toThrow(
      'a.json: not JSON at line 39001, column 12: expected a value, got "}".',
    )
  })

  it('knows the line of each record, in parts of a bounded size', async () => {
    const parts = await parse(Array.from({ length: 40_000 }, (_, n) => `{"number": ${n}}\n`).join(''), ndjsonParser())
    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts) {
      expect(part.text.length).toBeLessThan(1_000_000)
      for (const { start } of part.blocks.slice(0, 50)) {
        expect(lineAt(part, start)).toBe(Number(/\d+/.exec(part.text.slice(start))![0]) + 1)
      }
    }
  })
})
