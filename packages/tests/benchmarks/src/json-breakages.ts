/** A typical way in which models break JSON, and the value that was meant. */
export interface Breakage {
  readonly name: string
  readonly text: string
  readonly value: unknown
}

/** One breakage for each construct that a repair library has to read. */
export const breakages: readonly Breakage[] = [
  { name: 'fence', text: '```json\n{"a": 1}\n```', value: { a: 1 } },
  { name: 'prose around', text: 'Sure, here it is: {"a": 1} I hope that helps!', value: { a: 1 } },
  { name: 'prose and fence', text: 'The result:\n```json\n{"a": [1, 2]}\n```\nDone.', value: { a: [1, 2] } },
  { name: 'thought', text: '<think>Perhaps {"a": 0}?</think>\n{"a": 1}', value: { a: 1 } },
  { name: 'several values', text: '{"a": 1}\n{"a": 2}', value: [{ a: 1 }, { a: 2 }] },
  { name: 'single quotes', text: "{'a': 'it''s', 'b': 'x'}".replace("''", '’'), value: { a: 'it’s', b: 'x' } },
  { name: 'smart quotes', text: '{“a”: “b”}', value: { a: 'b' } },
  { name: 'doubled quotes', text: '{""a"": ""b""}', value: { a: 'b' } },
  { name: 'unquoted keys', text: '{a: 1, b_c: "x"}', value: { a: 1, b_c: 'x' } },
  { name: 'unquoted value', text: '{"a": hello world, "b": 1}', value: { a: 'hello world', b: 1 } },
  { name: 'inner quotes', text: '{"a": "he said "hi" to me", "b": 1}', value: { a: 'he said "hi" to me', b: 1 } },
  { name: 'inner quotes, comma', text: '{"a": "the "boss", waiting"}', value: { a: 'the "boss", waiting' } },
  { name: 'raw line feed', text: '{"a": "x\ny"}', value: { a: 'x\ny' } },
  { name: 'missing comma', text: '{"a": 1 "b": [1 2]}', value: { a: 1, b: [1, 2] } },
  { name: 'trailing comma', text: '{"a": [1, 2,],}', value: { a: [1, 2] } },
  { name: 'doubled comma', text: '{"a": [1,, 2]}', value: { a: [1, 2] } },
  { name: 'missing colon', text: '{"a" 1, "b": 2}', value: { a: 1, b: 2 } },
  { name: 'missing closers', text: '{"a": [1, {"b": 2', value: { a: [1, { b: 2 }] } },
  { name: 'extra closer', text: '{"a": [1, 2]]}', value: { a: [1, 2] } },
  { name: 'wrong closer', text: '[{"a": 1], {"a": 2}]', value: [{ a: 1 }, { a: 2 }] },
  { name: 'list left open', text: '{"a": [1, 2, "b": 3}', value: { a: [1, 2], b: 3 } },
  { name: 'Python literals', text: '{"a": True, "b": None}', value: { a: true, b: null } },
  { name: 'undefined', text: '{"a": undefined}', value: { a: null } },
  { name: 'comments', text: '{"a": 1, // one\n"b": 2, /* two */ "c": 3 # three\n}', value: { a: 1, b: 2, c: 3 } },
  { name: 'ellipsis', text: '[1, 2, ...]', value: [1, 2] },
  { name: 'escaped JSON', text: String.raw`{\"a\": \"b\"}`, value: { a: 'b' } },
  { name: 'encoded twice', text: String.raw`"{\"a\": 1}"`, value: { a: 1 } },
  { name: 'hex escape', text: String.raw`{"a": "\x41"}`, value: { a: 'A' } },
  { name: 'odd numbers', text: '[.5, +1, 1., 007, 1_000]', value: [0.5, 1, 1, 7, 1000] },
  { name: 'JSONP', text: 'callback({"a": 1});', value: { a: 1 } },
  { name: 'cut string', text: '{"a": "one, two: thr', value: { a: 'one, two: thr' } },
  { name: 'cut key', text: '{"a": 1, "bc', value: { a: 1 } },
  { name: 'cut number', text: '{"a": [1, 2.', value: { a: [1, 2] } },
  { name: 'cut escape', text: String.raw`{"a": "x\u00`, value: { a: 'x' } },
  { name: 'cut literal', text: '{"a": tru', value: { a: true } },
]
