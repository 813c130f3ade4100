import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { fromJsonSchema } from './from-json-schema.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

async function build(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const validator = await fromJsonSchema({
      $id: 'https://example.com/one',
      $dynamicAnchor: 'node',
      properties: { [`name${index}`]: { $ref: '#/$defs/x' }, more: { $dynamicRef: '#node' } },
      $defs: { x: { enum: [index] } },
    })
    if (!validator.is({ [`name${index}`]: index })) throw new Error(`document ${index} refuses its own value`)
  }
}

describe('fromJsonSchema', () => {
  it('leaves nothing behind of 10,000 documents with one $id', async () => {
    await build(500)
    collect()
    const before = process.memoryUsage().heapUsed
    await build(10_000)
    collect()
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(2_000_000)
  })
})
