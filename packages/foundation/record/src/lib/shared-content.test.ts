import { createRedactor } from '@empire/redaction'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { contentHash } from './content-hash.ts'
import { createMemoryStore } from './create-memory-store.ts'
import { createRunRecorder, type RunRecorderOptions } from './create-run-recorder.ts'
import { readSteps } from './read-steps.ts'
import { shareContent } from './shared-content.ts'

async function inputsOf(inputs: unknown, options: Partial<RunRecorderOptions> = {}): Promise<unknown> {
  const store = createMemoryStore()
  await createRunRecorder({ store, ...options }).record({ kind: 'model', inputs })
  for await (const step of readSteps(store)) return step.inputs
  return undefined
}

/** Data that counts how often it is read. */
function counting() {
  let reads = 0
  const data = {
    get question() {
      reads++
      return 'Why?'
    },
  }
  return { data, reads: () => reads }
}

describe('shareContent', () => {
  it('stands for its data in JSON, in addresses and in records', async () => {
    const data = { b: [1, null], a: 'é' }
    const shared = shareContent(data)
    expect(canonicalJson({ inputs: shared })).toBe(canonicalJson({ inputs: data }))
    expect(contentHash(shared)).toBe(contentHash(data))
    expect(await inputsOf(shared)).toEqual(data)
  })

  it('is read once, however many recorders write it', async () => {
    const { data, reads } = counting()
    const shared = shareContent(data)
    await inputsOf(shared)
    const first = reads()
    for (let count = 0; count < 3; count++) await inputsOf(shared)
    const address = contentHash(shared)
    expect(reads()).toBe(first)
    expect(address).toBe(contentHash(data))
  })

  it('is recorded without its secrets, and addressed with them', async () => {
    const data = { password: 'hunter2' }
    const shared = shareContent(data)
    expect(contentHash(shared)).toBe(contentHash(data))
    expect(await inputsOf(shared)).toEqual({ password: '[redacted]' })
    expect(await inputsOf(shared)).toEqual({ password: '[redacted]' })
    expect(contentHash(shared)).toBe(contentHash(data))
  })

  it('is searched anew by a recorder with a redactor of its own, in any order', async () => {
    const shared = shareContent({ word: 'planted', password: 'hunter2' })
    const { redact } = createRedactor({ secrets: ['planted'] })
    const common = { word: 'planted', password: '[redacted]' }
    const own = { word: '[redacted]', password: '[redacted]' }
    expect(await inputsOf(shared, { redact })).toEqual(own)
    expect(await inputsOf(shared)).toEqual(common)
    expect(await inputsOf(shared, { redact })).toEqual(own)
  })

  it('that is no JSON is refused by each who writes it', async () => {
    const shared = shareContent({ price: Number.NaN })
    for (let count = 0; count < 2; count++) {
      await expect(inputsOf(shared)).rejects.toThrow('"step.inputs" must be JSON data, got a number (NaN) at /price.')
    }
  })
})
