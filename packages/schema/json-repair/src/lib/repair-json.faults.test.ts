import { expect, describe, it } from 'vitest'
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
]

/** Milliseconds of this thread. */
function cost(task: () => void): number {
  const { user, system } = process.threadCpuUsage()
  task()
  const after = process.threadCpuUsage()
  return (after.user + after.system - user - system) / 1000
}

describe('repairJson, hostile text', () => {
  it.each(units)('reads a megabyte of %j in time that grows with the length', (unit) => {
    for (const start of ['', '[', '{"a": ', '{"a": "', '{a: b']) {
      const read = (length: number): number =>
        cost(() => {
          try {
            repairJson(start + unit.repeat(Math.ceil(length / unit.length)))
          } catch (error) {
            expect(error).toMatchObject({ code: 'json_unrepairable' })
          }
        })
      read(10_000)
      const half = Math.min(read(500_000), read(500_000))
      // Quadratic time would be 4 times; the collector of garbage has its say too.
      expect(Math.min(read(1_000_000), read(1_000_000))).toBeLessThan(3.5 * half + 50)
    }
  })
})
