import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { validateStream, type ValidateStreamOptions } from './validate-stream.ts'

const record = z.object({ id: z.number(), name: z.string(), tags: z.array(z.string()) })
const count = 1_000_000
const encoder = new TextEncoder()

function recordOf(id: number): unknown {
  // Every hundredth is invalid.
  return { id: id % 100 === 0 ? String(id) : id, name: `number ${id}`, tags: ['a', 'b'] }
}

async function* values(): AsyncGenerator<unknown> {
  for (let id = 0; id < count; id++) yield recordOf(id)
}

/** Text in pieces of about 64 KB, that end anywhere. */
async function* textOf(open: string, separator: string, close: string): AsyncGenerator<Uint8Array> {
  let text = open
  for (let id = 0; id < count; id++) {
    text += (id === 0 ? '' : separator) + JSON.stringify(recordOf(id))
    if (text.length < 65_536) continue
    yield encoder.encode(text)
    text = ''
  }
  yield encoder.encode(text + close)
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** The memory that is held after a collection. */
function heldBytes(): number {
  collect()
  return process.memoryUsage().heapUsed
}

describe('validateStream, of a million records', () => {
  it.each<[string, () => AsyncGenerator<unknown>, ValidateStreamOptions]>([
    ['values', values, {}],
    ['lines', () => textOf('', '\n', '\n'), {}],
    ['the elements of an array', () => textOf('[', ',', ']'), { format: 'json-array' }],
  ])('does not grow with %s', async (_, source, options) => {
    const held: number[] = []
    let valid = 0
    let items = 0
    for await (const item of validateStream(record, source(), options)) {
      if (item.ok) valid++
      if (++items % 100_000 === 0) held.push(heldBytes())
    }
    const [first = 0] = held
    const growth = Math.max(...held) - first
    expect({ items, valid }).toEqual({ items: count, valid: count * 0.99 })
    expect(growth).toBeLessThan(4_000_000)
  })
})
