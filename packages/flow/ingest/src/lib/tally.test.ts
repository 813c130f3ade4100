import { describe, expect, it } from 'vitest'
import { Tally } from './tally.ts'

describe('Tally', () => {
  it('fails a run that lost an item', () => {
    const tally = new Tally(() => {})
    tally.find()
    expect(() => tally.finish()).toThrow(
      expect.objectContaining({
        code: 'items_lost',
        message: 'Expected each of 1 items found to be counted once, 1 were not.',
        details: { found: 1, lost: 1 },
      }),
    )
  })
})
