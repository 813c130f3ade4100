import { describe, expect, it } from 'vitest'
import { applyEdits } from './repair-edit.ts'
import { repairJson } from './repair-json.ts'

/** What each text reads as; its edits have to make its text. */
function reads(cases: readonly (readonly [string, unknown])[]): void {
  it.each(cases)('%j', (text, value) => {
    const result = repairJson(text)
    expect(result.value).toEqual(value)
    expect(JSON.parse(result.text)).toEqual(value)
    expect(applyEdits(text, result.edits)).toBe(result.text)
  })
}

describe('repairJson', () => {
  it('leaves valid JSON alone', () => {
    expect(repairJson(' {"a": [1, "x"]} ')).toEqual({
      value: { a: [1, 'x'] },
      text: ' {"a": [1, "x"]} ',
      edits: [],
      confidence: 1,
      truncatedAt: undefined,
    })
  })

  it('lists each repair with its offset and kind', () => {
    expect(repairJson("{a: 'x', b: [1, 2").edits).toEqual([
      { kind: 'quote_key', offset: 1, length: 1, replacement: '"a"' },
      { kind: 'replace_quote', offset: 4, length: 1, replacement: '"' },
      { kind: 'replace_quote', offset: 6, length: 1, replacement: '"' },
      { kind: 'quote_key', offset: 9, length: 1, replacement: '"b"' },
      { kind: 'insert_closer', offset: 17, length: 0, replacement: ']}' },
    ])
  })

  it('never pollutes a prototype', () => {
    const { value } = repairJson("{__proto__: {polluted: 1}, 'constructor': {prototype: 2}}")
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('repairJson, text around the value', () => {
  reads([
    ['```json\n{"a": 1}\n```', { a: 1 }],
    ['```json\n{"a": 1\n```', { a: 1 }],
    ['``` [1, 2] ```', [1, 2]],
    ['~~~\n{"a": 1}\n~~~', { a: 1 }],
    ['Here you are:\n\n```json\n{"a": "```"}\n```\nAnything else?', { a: '```' }],
    ['Use {"x": 1} as in\n```json\n{"a": 1}\n```', { a: 1 }],
    ['```bash\necho "[1]"\n```\n{"a": 1}', { a: 1 }],
    ['Sure! {"a": 1} I hope this helps.', { a: 1 }],
    ['As shown in [1], {name} has [see below]: {"a": 1}', { a: 1 }],
    ['[link](https://example.com) {"a": 1}', { a: 1 }],
    ['\uFEFF{"a": 1}', { a: 1 }],
    ['<think>Maybe {"a": 0}?</think>{"a": 1}', { a: 1 }],
    ['Maybe {"a": 0}?</think>\n{"a": 1}', { a: 1 }],
    ['<thinking>\n</thinking>\n[1,]', [1]],
    ['{"a": 1} trailing text', { a: 1 }],
    ['{"a": 1}}', { a: 1 }],
    ['callback({"a": 1});', { a: 1 }],
    ['const x = {a: 1};', { a: 1 }],
    ['{"a": 1}{"b": 2}', [{ a: 1 }, { b: 2 }]],
    ['{"a": 1}\n{"b": 2}\n', [{ a: 1 }, { b: 2 }]],
    ['{"a": 1}, {"b": 2}', [{ a: 1 }, { b: 2 }]],
    ['First {"a": 1}, then [2].', { a: 1 }],
    ['1, 2, 3', [1, 2, 3]],
    ['"a": 1, "b": 2', { a: 1, b: 2 }],
    ['"a": 1, "b": 2}', { a: 1, b: 2 }],
  ])
})

describe('repairJson, strings', () => {
  reads([
    ["{'a': 'it\\'s'}", { a: "it's" }],
    ["{'a': 'it's'}", { a: "it's" }],
    ["{'a': '12\"'}", { a: '12"' }],
    ['{“a”: “b”}', { a: 'b' }],
    ['{"a": “b"}', { a: 'b' }],
    ['{"a": "b”, "c": 1}', { a: 'b', c: 1 }],
    ['{‘a’: `b`}', { a: 'b' }],
    ['{""a"": ""b""}', { a: 'b' }],
    ['["""a "b" c"""]', ['a "b" c']],
    ['{a: 1, $b_2: 2, c-d: 3, é: 4}', { a: 1, $b_2: 2, 'c-d': 3, é: 4 }],
    ['{1: "x"}', { 1: 'x' }],
    ['{"a": hello world, "b": 1}', { a: 'hello world', b: 1 }],
    ['{"a": https://x.y/z?q=1, "b": 1}', { a: 'https://x.y/z?q=1', b: 1 }],
    ['[red, green]', ['red', 'green']],
    ['{"a": "He said "hi" to me"}', { a: 'He said "hi" to me' }],
    ['{"a": "the "dictator", waiting", "b": 1}', { a: 'the "dictator", waiting', b: 1 }],
    ['{"a": "a 65" television"}', { a: 'a 65" television' }],
    ['{"height": "53""}', { height: '53"' }],
    ['{"height": "(5\'3")"}', { height: '(5\'3")' }],
    ['{"html": "<a href="x">y</a>"}', { html: '<a href="x">y</a>' }],
    ['{"na"me": "Jack O"Sullivan", "id": "1"}', { 'na"me': 'Jack O"Sullivan', id: '1' }],
    ['{"a": "x\ny\tz"}', { a: 'x\ny\tz' }],
    ['{"a": "b, "c": "d"}', { a: 'b', c: 'd' }],
    ['{\n"a": "b,\n"c": "d"\n}', { a: 'b', c: 'd' }],
    ['{"a": "b\n"c": "d"}', { a: 'b', c: 'd' }],
    ['{"a": b", "c": "d"}', { a: 'b', c: 'd' }],
    ['{a": 1, "b: 2, "c": 3}', { a: 1, b: 2, c: 3 }],
    ['["a, "b", "c"]', ['a', 'b', 'c']],
    ['["a", b", "c"]', ['a', 'b', 'c']],
    [String.raw`["\x41\q\'\u{1F600}\0"]`, ["A\\q'\u{1F600}\0"]],
    [String.raw`["C:\Users"]`, ['C:\\Users']],
    [String.raw`["\U0001F600"]`, ['\u{1F600}']],
    ['["a\\\nb"]', ['ab']],
    ['["a" + "b"]', ['ab']],
    ['{"a": "x" +\n  \'y\'}', { a: 'xy' }],
    [String.raw`{\"a\": \"b\\n\", \"c\": [1]}`, { a: 'b\n', c: [1] }],
    [String.raw`{\n  \"a\": \"say \\\"hi\\\"\"\n}`, { a: 'say "hi"' }],
    ['"{\\"a\\": 1}"', { a: 1 }],
    ['"{not json}"', '{not json}'],
  ])
})

describe('repairJson, commas, colons and brackets', () => {
  reads([
    ['[1, 2,]', [1, 2]],
    ['[1,, 2]', [1, 2]],
    ['[,1]', [1]],
    ['{,"a": 1,}', { a: 1 }],
    ['{"a": 1 "b": 2}', { a: 1, b: 2 }],
    ['["a" "b"]', ['a', 'b']],
    ['[1 2 3]', [1, 2, 3]],
    ['[{"a": 1} {"b": 2}]', [{ a: 1 }, { b: 2 }]],
    ['{"a": 1; "b": 2}', { a: 1, b: 2 }],
    ['{"a" 1, "b": 2}', { a: 1, b: 2 }],
    ['{"a" = 1, b => 2}', { a: 1, b: 2 }],
    ['{"a":: 1}', { a: 1 }],
    ['{"a": , "b": 1}', { a: null, b: 1 }],
    ['{"a": }', { a: null }],
    ['{"a": [1, 2}', { a: [1, 2] }],
    ['{"a": [1, 2}, "b": 3}', { a: [1, 2], b: 3 }],
    ['[{"a": 1], {"b": 2}]', [{ a: 1 }, { b: 2 }]],
    ['[{"a": 1}, {"b": 2], {"c": 3}]', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ['[{"a": 1, {"b": 2}]', [{ a: 1 }, { b: 2 }]],
    ['{"a": [{"b": 1}, {"c": 2}, "d": 3}', { a: [{ b: 1 }, { c: 2 }], d: 3 }],
    ['[{"id": 1}, "id": 2}, {"id": 3}]', [{ id: 1 }, { id: 2 }, { id: 3 }]],
    ['{"a": 1}, "b": 2}', { a: 1, b: 2 }],
    ['{"a": ["b": 1, "c": 2]}', { a: { b: 1, c: 2 } }],
    ['[{"t": {"a": [{"d": 0}], "b": [{"d": 0}}]}, {"t": 1}]', [{ t: { a: [{ d: 0 }], b: [{ d: 0 }] } }, { t: 1 }]],
    ['{{"a": 1}}', { a: 1 }],
    ['{"a": (1, True)}', { a: [1, true] }],
    ['{"a", "b"}', ['a', 'b']],
    ['[1, 2, ...]', [1, 2]],
    ['[1, ..., 9]', [1, 9]],
    ['{"a": 1, …}', { a: 1 }],
  ])
})

describe('repairJson, literals, numbers, comments and calls', () => {
  reads([
    ['{"a": True, "b": False, "c": None, "d": undefined}', { a: true, b: false, c: null, d: null }],
    ['[TRUE, Null, NaN, -Infinity]', [true, null, null, null]],
    ['[.5, +1, 1., 007, 1_000, -.5, 0x1F, 0b11, 10n, 1.e3]', [0.5, 1, 1, 7, 1000, -0.5, 31, 3, 10, 1000]],
    [
      '{"v": 1.2.3, "d": 2024-01-02, "f": 1/3, "t": 1,234, "p": 50%}',
      { v: '1.2.3', d: '2024-01-02', f: '1/3', t: '1,234', p: '50%' },
    ],
    ['{"a": 1, // one\n /* two */ "b": 2 # three\n}', { a: 1, b: 2 }],
    ['// first\n{"a": "// no comment", "b": "# nor this"}', { a: '// no comment', b: '# nor this' }],
    ['{"a": "b" // it\'s "quoted", yes\n}', { a: 'b' }],
    ['{"a": 1 <!-- html -->}', { a: 1 }],
    [
      '{"id": ObjectId("1f"), "n": NumberLong(2), "d": new Date("2020"), "t": Timestamp(1, 2)}',
      { id: '1f', n: 2, d: '2020', t: [1, 2] },
    ],
    ['{"re": /a+b/i}', { re: '/a+b/i' }],
    ['{"a":\u00A01}', { a: 1 }],
  ])
})

describe('repairJson, text that is cut', () => {
  reads([
    ['{"a": "b', { a: 'b' }],
    ['{"a": "b, c: d', { a: 'b, c: d' }],
    ['{"a": "b}', { a: 'b' }],
    ['{"a": "f() { return 1; }', { a: 'f() { return 1; }' }],
    ['{"a": 1, "b', { a: 1 }],
    ['{"a": 1, "b"', { a: 1 }],
    ['{"a": 1, "b":', { a: 1 }],
    ['[1, 2.', [1, 2]],
    ['[1, -', [1]],
    ['[1e', [1]],
    ['[tr', [true]],
    ['{"a": Non', { a: null }],
    ['["a\\', ['a']],
    ['["a\\u00', ['a']],
    ['["a\\ud83d', ['a']],
    ['["a\uD83D', ['a']],
    ['[{"a": [', [{ a: [] }]],
  ])

  it('says where the text ended', () => {
    expect(repairJson('{"a": [1, 2').truncatedAt).toBe(11)
    expect(repairJson('```json\n{"a": 1\n```').truncatedAt).toBe(16)
    expect(repairJson('{"a": [1, 2]').truncatedAt).toBe(12)
    expect(repairJson("{'a': [1, 2]}").truncatedAt).toBeUndefined()
  })
})
