import { describe, expect, it } from 'vitest'
import { createPartialJsonParser, type PartialJsonParserOptions } from './create-partial-json-parser.ts'
import { PartialJsonError } from './partial-json-error.ts'

function read(text: string, options: PartialJsonParserOptions = {}): unknown {
  const parser = createPartialJsonParser(options)
  parser.push(text)
  return parser.value
}

function end(text: string, options: PartialJsonParserOptions = {}): unknown {
  const parser = createPartialJsonParser(options)
  parser.push(text)
  return parser.end()
}

describe('createPartialJsonParser', () => {
  it('shows the document as it grows', () => {
    const parser = createPartialJsonParser()
    const shown = ['{"na', 'me": "A', 'da", "tags": [1', '2, tr', 'ue], "x": nul', 'l', '} bye'].map((piece) => {
      parser.push(piece)
      return parser.value
    })
    expect(shown).toEqual([
      {},
      { name: 'A' },
      { name: 'Ada', tags: [1] },
      { name: 'Ada', tags: [12, true] },
      { name: 'Ada', tags: [12, true], x: null },
      { name: 'Ada', tags: [12, true], x: null },
      { name: 'Ada', tags: [12, true], x: null },
    ])
    expect(parser.done).toBe(true)
  })

  it.each([
    ['', undefined],
    ['  \n', undefined],
    ['{', {}],
    ['{"a', {}],
    ['{"a"', {}],
    ['{"a":', {}],
    ['{"a":"', { a: '' }],
    [String.raw`["x\n`, ['x\n']],
    ['["x\\', ['x']],
    [String.raw`["x\u00e`, ['x']],
    [String.raw`["\ud83d`, ['']],
    [String.raw`["\ud83d\ude0`, ['']],
    [String.raw`["\ud83d\ude00`, ['😀']],
    ['["\ud83d', ['']],
    ['[-', []],
    ['[-1.', [-1]],
    ['[1.5e', [1.5]],
    ['[1.5e+', [1.5]],
    ['[t', [true]],
    ['[fal', [false]],
    ['[nul', [null]],
    ['12', 12],
    ['"ab', 'ab'],
    ['[[', [[]]],
  ])('shows of %s what is certain', (text, value) => {
    expect(read(text)).toEqual(value)
  })

  it.each([
    ['prose and a fence', 'Sure, here [1] it is:\n```json\n{"a": 1}\n```\nAnything else?', { a: 1 }],
    ['prose alone', 'The answer is {"a": 1}. {"b": 2}', { a: 1 }],
    ['a small list behind prose', 'The answer is [ 1 ], I think.', [1]],
    ['an empty list behind prose', 'None: []. Bye', []],
    ['braces in prose', 'Replace {name} by {"a": 1}', { a: 1 }],
    ['a thought', '<think>Is it {"a": 0}? No.</think>\n{"a": 1}', { a: 1 }],
    ['a fence around a scalar', '```json\n42\n```', 42],
    ['comments', '// one\n{"a": /* two */ 1, # three\n "b": 2}', { a: 1, b: 2 }],
    ['commas too many', '[1, 2,, 3,]', [1, 2, 3]],
    ['commas missing', '{"a": 1 "b": [1 2 "x" "y"] "c": {}}', { a: 1, b: [1, 2, 'x', 'y'], c: {} }],
    ['single quotes', "{'a': 'it's'}", { a: "it's" }],
    ['smart quotes', '{“a”: “x”, ‘b’: ‘it’s’}', { a: 'x', b: 'it’s' }],
    ['wide quotes', '[""a"", """say "hi" now"""]', ['a', 'say "hi" now']],
    ['inner quotes', '{"a": "he said "hi" there", "b": 1}', { a: 'he said "hi" there', b: 1 }],
    ['unquoted keys and words', '{a: hello world, b-c: x}', { a: 'hello world', 'b-c': 'x' }],
    ['literals of Python and JavaScript', '[True, False, None, undefined, NaN]', [true, false, null, null, null]],
    ['numbers as people write them', '[.5, +1, 1., 007, 1_000, 0x1F]', [0.5, 1, 1, 7, 1000, 31]],
    ['dates without quotes', '[2026-01-15, 2026/01/15 // a day\n]', ['2026-01-15', '2026/01/15']],
    ['raw line ends in strings', '{"a": "x\ny"}', { a: 'x\ny' }],
    ['unknown escapes', String.raw`["C:\Games\'\x41\u00g"]`, [String.raw`C:\Games'A\u00g`]],
    ['escaped JSON', String.raw`{\"a\": \"x\", \"b\": 1}`, { a: 'x', b: 1 }],
    ['calls', '{"id": ObjectId("x"), "raw": b"y"}', { id: 'x', raw: 'y' }],
    ['gaps', '[1, ..., 2, …]', [1, 2]],
    ['values missing', '{"a":, "b":}', { a: null, b: null }],
    ['closers missing', '{"a": [1, {"b": 2}', { a: [1, { b: 2 }] }],
    ['closers of the wrong kind', '{"a": [1}', { a: [1] }],
    ['no-break spaces', '{\u00a0"a":\u00a01}', { a: 1 }],
  ])('reads over %s', (_, text, value) => {
    expect(end(text)).toMatchObject({ value })
  })

  it('makes __proto__ a property like any other', () => {
    const { value } = end('{"__proto__": {"x": 1}, "constructor": 2}') as { value: object }
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(({} as { x?: unknown }).x).toBeUndefined()
    expect(Object.hasOwn(read('{"__proto__": {"x": 1') as object, '__proto__')).toBe(true)
  })

  it('lets the later of two values of a key win', () => {
    expect(end('{"a": 1, "b": 2, "a": 3}')).toMatchObject({ value: { a: 3, b: 2 } })
  })

  describe('isComplete', () => {
    const parser = createPartialJsonParser()
    parser.push('{"a": "x", "b": [1, {"c": true}, {"d": 12')
    it.each([
      [['a'], true],
      [['b'], false],
      [['b', 0], true],
      [['b', '0'], false],
      [['b', 1], true],
      [['b', 1, 'c'], true],
      [['b', 1, 'e'], false],
      [['b', 2], false],
      [['b', 2, 'd'], false],
      [['b', 3], false],
      [['a', 'length'], false],
      [['toString'], false],
      [['__proto__'], false],
      [[], false],
    ])('%j: %s', (path, expected) => {
      expect(parser.isComplete(path)).toBe(expected)
    })

    it('knows a string as soon as its quote is there', () => {
      const growing = createPartialJsonParser()
      growing.push('{"a": "x')
      expect(growing.isComplete(['a'])).toBe(false)
      growing.push('"')
      expect(growing.isComplete(['a'])).toBe(true)
    })

    it('knows the whole document', () => {
      const growing = createPartialJsonParser()
      growing.push('{"a": 1}')
      expect(growing.isComplete([])).toBe(true)
      expect(growing.isComplete(['a'])).toBe(true)
    })
  })

  describe('end', () => {
    it('says where a text was cut', () => {
      expect(end('{"a": "x')).toEqual({ value: { a: 'x' }, truncatedAt: 8 })
      expect(end('{"a": 1}')).toEqual({ value: { a: 1 }, truncatedAt: undefined })
      expect(end('12')).toEqual({ value: 12, truncatedAt: undefined })
    })

    it.each([
      ['', 'empty', 0],
      ['Sorry, no.', 'prose', 10],
      ['<think>{}', 'thought', 9],
    ])('rejects %j, which holds no value', (text, reason, length) => {
      expect(() => end(text)).toThrow(
        expect.objectContaining({ code: 'json_unrepairable', details: { reason, length } }),
      )
    })

    it('is the end', () => {
      const parser = createPartialJsonParser()
      parser.push('{}')
      parser.end()
      expect(() => parser.push('x')).toThrow(
        expect.objectContaining({
          code: 'json_stream_ended',
          message: 'Expected a parser that still reads, but end() was called. Create a parser for each text.',
        }),
      )
      expect(() => parser.end()).toThrow(expect.objectContaining({ code: 'json_stream_ended' }))
      expect(parser.value).toEqual({})
    })
  })

  describe('with strict', () => {
    it.each([
      ["{'a': 1}", 1, 'a key in double quotes', `"'"`],
      ['{a: 1}', 1, 'a key in double quotes', '"a"'],
      ['[1,]', 3, 'a JSON value', '"]"'],
      ['{"a": 1,}', 8, 'a key in double quotes', '"}"'],
      ['{"a" 1}', 5, '":" behind the key', '"1"'],
      ['{"a":}', 5, 'a JSON value', '"}"'],
      ['[1 2]', 3, '"," or "]"', '"2"'],
      ['{"a": 1]', 7, '"," or "}"', '"]"'],
      ['[01]', 1, 'a JSON value', '"01"'],
      ['[True]', 1, 'a JSON value', '"T"'],
      ['[NaN]', 1, 'a JSON value', '"N"'],
      ['["a\nb"]', 3, 'a string without raw control characters', 'U+000A'],
      [String.raw`["\q"]`, 3, String.raw`one of " \ / b f n r t u behind a backslash`, '"q"'],
      [String.raw`["\u00g0"]`, 6, String.raw`four hexadecimal digits behind \u`, '"g"'],
      ['[1] x', 4, 'the end of the text', '"x"'],
      ['1,', 1, 'the end of the text', '","'],
      ['// x', 0, 'a JSON value', '"/"'],
      ['', 0, 'a JSON value', 'the end of the text'],
      ['[1', 2, '"," or "]"', 'the end of the text'],
      ['{"a', 3, 'the closing quote of a string', 'the end of the text'],
      ['\u00a0{}', 0, 'a JSON value', 'U+00A0'],
    ])('refuses %j', (text, offset, expected, received) => {
      expect(() => end(text, { strict: true })).toThrow(new PartialJsonError(offset, expected, received))
      expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
    })

    it('says what was expected, what came and where', () => {
      expect(new PartialJsonError(3, 'a JSON value', '"]"').message).toBe(
        'Expected a JSON value at offset 3, received "]". Correct the text, or leave out "strict" to read it all the same.',
      )
    })

    it('stays with its error, and with what was there before', () => {
      const parser = createPartialJsonParser({ strict: true })
      parser.push('[1, ')
      const fault = new PartialJsonError(4, 'a JSON value', '"]"')
      expect(() => parser.push(']')).toThrow(fault)
      expect(() => parser.push('1')).toThrow(fault)
      expect(() => parser.end()).toThrow(fault)
      expect(parser.value).toEqual([1])
    })
  })

  describe('with long and deep documents', () => {
    it('shares what is finished between values', () => {
      const parser = createPartialJsonParser()
      parser.push('[{"a": 1}, {"b": ')
      const before = parser.value as unknown[]
      parser.push('2')
      const after = parser.value as unknown[]
      expect(after[0]).toBe(before[0])
      expect(after).not.toBe(before)
      expect(parser.value).toBe(after)
    })

    it.each([
      ['arrays', '[', ']', (index: number) => String(index)],
      ['objects', '{', '}', (index: number) => `"key ${index}": ${index}`],
    ])('shows %s of thousands of entries at any length, for good', (_, open, close, entry) => {
      const parser = createPartialJsonParser()
      parser.push(`{"inner": ${open}`)
      const shown: { value: unknown; text: string }[] = []
      let text = ''
      for (let index = 0; index < 6000; index++) {
        const piece = index === 0 ? entry(index) : `, ${entry(index)}`
        parser.push(piece)
        text += piece
        if (index % 1000 === 999) shown.push({ value: parser.value, text: `{"inner": ${open}${text}${close}}` })
      }
      parser.push(`${close}, "last": 1`)
      for (const each of shown) {
        expect(each.value).toEqual(JSON.parse(each.text))
        expect(JSON.stringify(each.value)).toBe(JSON.stringify(JSON.parse(each.text)))
      }
      parser.push('}')
      expect(structuredClone(parser.value)).toEqual(JSON.parse(`{"inner": ${open}${text}${close}, "last": 1}`))
    })

    it('shows an open array of thousands like a frozen one', () => {
      const parser = createPartialJsonParser()
      const numbers = Array.from({ length: 5000 }, (_, index) => index)
      parser.push(JSON.stringify(numbers).slice(0, -1))
      const value = parser.value as number[]
      parser.push(', 5000, 5001]')
      expect(value).toHaveLength(5000)
      expect(value.at(-1)).toBe(4999)
      expect(value[0]).toBe(0)
      expect(value[5000]).toBeUndefined()
      expect(Array.isArray(value)).toBe(true)
      expect([...value]).toEqual(numbers)
      expect(value.map((each) => each)).toEqual(numbers)
      expect(value.slice(-2)).toEqual([4998, 4999])
      expect(Object.keys(value)).toHaveLength(5000)
      expect(5000 in value).toBe(false)
      expect(4999 in value).toBe(true)
      expect(JSON.stringify(value)).toBe(JSON.stringify(numbers))
      expect(value).toEqual(numbers)
      expect(Object.isFrozen(value)).toBe(true)
      expect(() => value.push(1)).toThrow(TypeError)
      expect(() => {
        value[0] = 1
      }).toThrow(TypeError)
    })

    it('goes down twenty thousand levels', () => {
      const parser = createPartialJsonParser()
      const shown: unknown[] = []
      for (let level = 0; level < 20_000; level += 1000) {
        parser.push('[{"a":'.repeat(500))
        shown.push(parser.value)
      }
      expect([shown[0], shown[10], shown[19]].map((value) => depthOf(value))).toEqual([1_000, 11_000, 20_000])
      parser.push(`1${'}]'.repeat(10_000)}`)
      expect(parser.done).toBe(true)
      expect(depthOf(parser.value)).toBe(20_000)
      expect(depthOf(shown[10])).toBe(11_000)
    })
  })

  it('refuses what is no text', () => {
    expect(() => createPartialJsonParser().push(5 as never)).toThrow(
      new TypeError('push: "chunk" must be a string or a Uint8Array, received a number (5).'),
    )
  })

  describe('at the end of a text that is not JSON by the letter', () => {
    it.each([
      ['{"a": [1, 2}, "b": 3}', { a: [1, 2], b: 3 }],
      ["{:a=>1, 'b'=>nil}", { a: 1, b: null }],
      ['{"a": "b" + "c"}', { a: 'bc' }],
      ['{"a": () => 1, "b": 2}', { a: '() => 1', b: 2 }],
      ['[INST] x [/INST] {"a": 1}', { a: 1 }],
      ['Like {"a": 0}:\n```json\n{"a": 1}\n```', { a: 1 }],
      ['{"a": 1}\n{"a": 2}', { a: 1 }],
      ['hello world', 'hello world'],
      ['{"a": "b}', { a: 'b' }],
    ])('gives what repairJson makes of %j', (text, value) => {
      const parser = createPartialJsonParser()
      for (const character of text) parser.push(character)
      const result = parser.end()
      expect(result.value).toEqual(value)
      expect(parser.value).toBe(result.value)
      expect(parser.done).toBe(result.truncatedAt === undefined)
      expect(parser.isComplete([])).toBe(parser.done)
    })

    it('says what is complete of one that is cut', () => {
      const parser = createPartialJsonParser()
      parser.push('{a: [1, {b: "c"}, \'d\', "e')
      expect(parser.end()).toEqual({ value: { a: [1, { b: 'c' }, 'd', 'e'] }, truncatedAt: 25 })
      expect(parser.isComplete(['a', 0])).toBe(true)
      expect(parser.isComplete(['a', 1, 'b'])).toBe(true)
      expect(parser.isComplete(['a', 2])).toBe(true)
      expect(parser.isComplete(['a', 3])).toBe(false)
      expect(parser.isComplete(['a'])).toBe(false)
      expect(parser.isComplete(['a', 4])).toBe(false)
      expect(parser.isComplete(['a', 'length'])).toBe(false)
    })

    it('leaves what is open to the rules of the schema', () => {
      const parser = createPartialJsonParser({ schema: { properties: { a: { stream: { done: true } } } } })
      parser.push("{b: 'x', a: 'y")
      expect(parser.end().value).toEqual({ b: 'x' })
    })

    it('shares what JSON by the letter has shown', () => {
      const parser = createPartialJsonParser()
      parser.push('{"a": [1, 2], "b')
      const { a } = parser.value as { a: unknown }
      expect((parser.end().value as { a: unknown }).a).toBe(a)
    })
  })

  it('refuses options that it does not know', () => {
    expect(() => createPartialJsonParser({ stict: true } as never)).toThrow(
      new TypeError('createPartialJsonParser: "options" has no key "stict". Did you mean "strict"?'),
    )
  })
})

function depthOf(value: unknown): number {
  let depth = 0
  let at = value
  while (typeof at === 'object' && at !== null) {
    depth++
    at = Array.isArray(at) ? at[0] : (at as { a: unknown }).a
  }
  return depth
}
