import { createManualClock } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { Tally } from './tally.ts'

describe('Tally', () => {
  it('fails a run that lost an item', () => {
    const tally = new Tally({ source: { name: 'test', async *items() {} }, clock: createManualClock(), onEvent() {} })
    tally.find()
    expect(() => tally.finish('complete')).toThrow(
      expect.objectContaining({
        code: 'items_lost',
        message: 'Expected each of 1 items found to be counted once, 1 were not.',
        details: { found: 1, lost: 1 },
      }),
    )
  })
})
