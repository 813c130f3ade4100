import { describe, expect, it } from 'vitest'
import { applyEdits } from './repair-edit.ts'
import { repairJson } from './repair-json.ts'

/** What a person reads each text as, where more than one repair is possible. */
const readings: readonly (readonly [string, unknown])[] = [
  ['{"a": 1, 2, 3], "b": 2}', { a: [1, 2, 3], b: 2 }],
  ['{"a": "x", "y"], "b": 2}', { a: ['x', 'y'], b: 2 }],
  ['{"items": {"a":1}, {"a":2}], "n": 3}', { items: [{ a: 1 }, { a: 2 }], n: 3 }],
  ['[{"tags": "x", "y"], "n": 1}, {"tags": ["z"]}]', [{ tags: ['x', 'y'], n: 1 }, { tags: ['z'] }]],
  [
    '{"m": [1,2], [3,4]], "n": 1}',
    {
      m: [
        [1, 2],
        [3, 4],
      ],
      n: 1,
    },
  ],
  ['{"k": ["a"], ["b"], "n": 1}', { k: ['a', 'b'], n: 1 }],
  ['{"a": ], "b": 1}', { a: [], b: 1 }],
  ['{"a": "b": 1}}', { a: { b: 1 } }],
  ['{"a": "id": [1]}, "b": 2}', { a: { id: [1] }, b: 2 }],
  ['{"a": {{"b": 1}, "c": 2}', { a: { b: 1 }, c: 2 }],
  ['[{"a": [1]], "b": 2}]', [{ a: [1], b: 2 }]],
  ['{"a": [{"b": [2]], "c": 3}], "d": 4}', { a: [{ b: [2], c: 3 }], d: 4 }],
  ['[{"a": 1, [2]]', [{ a: 1 }, [2]]],
  ['{"a": [1, 2 "b": 3}', { a: [1, 2], b: 3 }],
  ['{"a": [, "b": 3}', { a: [], b: 3 }],
  [`{"a": 'x", "b": 1}`, { a: 'x', b: 1 }],
  [`{"a": "x', "b": 1}`, { a: 'x', b: 1 }],
  [`{'a": 1}`, { a: 1 }],
  [`{"a': "x"}`, { a: 'x' }],
  [`['a", "b"]`, ['a', 'b']],
  [`{'a': '5"', 'b': 1}`, { a: '5"', b: 1 }],
  ['{"a": "b"", "c": 1}', { a: 'b', c: 1 }],
  ['{"b"": 1}', { b: 1 }],
  ['["a"", "b"]', ['a', 'b']],
  ['{"a": "b"""}', { a: 'b' }],
  ['{"a": "53""}', { a: '53"' }],
  ['{"a": "say \\"hi""}', { a: 'say "hi"' }],
  ['{"p": "C:\\dir\\", "n": 1}', { p: 'C:\\dir\\', n: 1 }],
  ['{"a": "say \\"hi\\", "b": 1}', { a: 'say "hi"', b: 1 }],
  ['{"a": "x = "y";"}', { a: 'x = "y";' }],
  ['["The "a", "b" rule", "c"]', ['The "a", "b" rule', 'c']],
  ['["a "b", "c"]', ['a "b', 'c']],
  ['["a b"[1], 2]', ['a b', [1], 2]],
  ['{"t": "to be cher"rating": 4, "b": 1}', { t: 'to be cher', rating: 4, b: 1 }],
  ['{"a": (x)", "b": 1}', { a: '(x)', b: 1 }],
  ['{"a": "b", first name": 1}', { a: 'b', 'first name': 1 }],
  ['["a",null{"b":1}]', ['a', null, { b: 1 }]],
  ['{a: words{in braces}more}', { a: 'words{in braces}more' }],
  ["{'a': 1; 'b': 2;}", { a: 1, b: 2 }],
  ['{"a": {"b": 1 // note }, "c": 2}', { a: { b: 1 }, c: 2 }],
  ['{"a": [1, 2 # note ], "c": 2}', { a: [1, 2], c: 2 }],
  ['{"a": 1 // [1] }', { a: 1 }],
  ['{"a": "b"\\', { a: 'b' }],
  ['```json{"a": "b}```', { a: 'b' }],
  ['`{"a": "\\"b\\""}`', { a: '"b"' }],
  ['`{"a": 1}` or `{"b": 2}`', [{ a: 1 }, { b: 2 }]],
  ['Start with "I, ["\n\n{"a": 1}', { a: 1 }],
  ['hello world', 'hello world'],
  ['hello"', 'hello'],
  ['New York', 'New York'],
  ['key=value', 'key=value'],
  ['https://example.com/x?y=1#z', 'https://example.com/x?y=1#z'],
  ['2024-01-02T10:00:00Z', '2024-01-02T10:00:00Z'],
  ['```\nhello\n```', 'hello'],
  ['<result>New York</result>', 'New York'],
  ['<think>x</think>hello', 'hello'],
  ['a: 1\nb: x y', { a: 1, b: 'x y' }],
  ['name = Ada\nage = 36', { name: 'Ada', age: 36 }],
  ['a: 1, b: two', { a: 1, b: 'two' }],
  ['{"a": 1....}', { a: 1 }],
]

describe('repairJson, repairs in conflict', () => {
  it.each(readings)('%j', (text, value) => {
    const result = repairJson(text)
    expect(result.value).toEqual(value)
    expect(applyEdits(text, result.edits)).toBe(result.text)
    expect(JSON.parse(result.text)).toEqual(value)
  })
})
