import { describe, expect, it } from 'vitest'
import { repairJson } from './repair-json.ts'

/** How deep arrays and the first values of objects lie in one another. */
function depthOf(value: unknown): number {
  let depth = 0
  for (let inner = value; typeof inner === 'object' && inner !== null; inner = Object.values(inner)[0]) depth++
  return depth
}

describe('repairJson, hostile text', () => {
  it('reads 100,000 open brackets', () => {
    expect(depthOf(repairJson('['.repeat(100_000)).value)).toBe(100_000)
    expect(depthOf(repairJson('{"a":'.repeat(100_000)).value)).toBe(100_000)
    expect(depthOf(repairJson(`${'[{a:'.repeat(50_000)}1${']}'.repeat(50_000)}`).value)).toBe(100_000)
  })

  it.each([
    ['quotation marks', '"'],
    ['commas in a string', 'b, '],
    ['quotes and commas', 'x", "'],
    ['open keys', '"a: '],
    ['backslashes', '\\'],
    ['colons', ':'],
    ['fences', '```json\n'],
    ['thoughts', '<think>'],
    ['closers', ']}'],
    ['words', 'b, c '],
    ['line feeds', '\n'],
    ['escaped strings', String.raw`\"a `],
    ['calls', 'a('],
    ['triple quotes', '"""a '],
    ['half comments', '/* '],
  ])('reads a long run of %s', (_name, unit) => {
    const run = unit.repeat(Math.floor(10_000 / unit.length))
    for (const start of ['[', '{"a": ', '{"a": "', '{a: b']) {
      const { text, truncatedAt } = repairJson(start + run)
      expect(text.length).toBeGreaterThan(1)
      expect(truncatedAt === undefined || truncatedAt <= start.length + run.length).toBe(true)
    }
  })
})
