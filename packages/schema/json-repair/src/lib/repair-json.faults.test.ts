import { expect, describe, it } from 'vitest'
import { JsonUnrepairableError } from './json-repair-error.ts'
import { repairJson } from './repair-json.ts'

const units = [
  '"',
  "'",
  '\\',
  ':',
  'b, ',
  'x", "\'',
  '"a: ',
  '```json\n',
  '<think>',
  '</x>',
  ']}',
  '{',
  '[{',
  '({',
  '{"a":',
  'a(',
  '"""a ',
  '/* ',
  '(x) => ',
  '()',
  '，',
  '"：',
  '1 ',
  'true ',
  '[INST]',
  '"a" ',
  '=>',
  ':a=>',
  '\\n',
  '{"a":1} ',
  '[1],',
  '}}, "a":',
  '"a" + ',
  '<!--',
  '“',
  '12:30 ',
  '=> {"',
  '{{"a":1},',
  'x "y" z',
  '"x, "q", ',
  '...',
  '{"a": 1, 2], ',
  '], [',
  '"a": "b": ',
  '{"a": ], ',
  '"a"[1] ',
  '# ] ',
  'x{y} ',
  '\'x", ',
  '"a"": ',
  'a: b\n',
  'a=b\n',
]

/** Milliseconds of this thread. */
function cost(task: () => void): number {
  const { user, system } = process.threadCpuUsage()
  task()
  const after = process.threadCpuUsage()
  return (after.user + after.system - user - system) / 1000
}

/** Reads what it can, and takes a text without a value as it comes. */
function read(text: string): void {
  try {
    repairJson(text)
  } catch (error) {
    if (!JsonUnrepairableError.isInstance(error)) throw error
  }
}

describe('repairJson, hostile text', () => {
  it.each(units)('reads %j again and again in time that grows with the length', (unit) => {
    for (const start of ['', '[', '{"a": "', '{a: b']) {
      const timeOf = (length: number): number => {
        const text = start + unit.repeat(Math.ceil(length / unit.length))
        return Math.min(
          cost(() => read(text)),
          cost(() => read(text)),
        )
      }
      timeOf(10_000)
      // Quadratic time would be 4 times; the collector of garbage has its say too.
      expect(timeOf(200_000)).toBeLessThan(3.5 * timeOf(100_000) + 50)
    }
  })
})
