import { expect, describe, it } from 'vitest'
import { sleep } from './sleep.ts'

describe('sleep', () => {
  it('ends', async () => {
    await expect(sleep(1)).resolves.toBeUndefined()
  })

  it.each([1_000_000, Infinity])('of %s ms rejects with the reason of an abort', async (ms) => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const wait = sleep(ms, { signal: controller.signal })
    controller.abort(reason)
    await expect(wait).rejects.toBe(reason)
  })
})
