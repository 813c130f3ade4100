import { describe, expect, it } from 'vitest'
import { createTurns } from './turns.ts'

/** Work that ends when it is told to. */
function setUp() {
  const begun: PromiseWithResolvers<void>[] = []
  const turns = createTurns(() => {
    const turn = Promise.withResolvers<void>()
    begun.push(turn)
    return turn.promise
  })
  return { begun, turns }
}

/** Lets everything happen that waits for nothing else. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('createTurns', () => {
  it('has one that all who ask at the same time share', async () => {
    const { begun, turns } = setUp()
    const both = [turns.next(), turns.next()]
    await settle()
    expect(begun).toHaveLength(1)
    expect(turns.current).toBe(begun[0]?.promise)
    begun[0]?.resolve()
    await Promise.all(both)
    expect(turns.current).toBeUndefined()
  })

  it('begins one for those who ask later when the one before has ended, whatever came of that', async () => {
    const { begun, turns } = setUp()
    const first = turns.next()
    await settle()
    const later = [turns.next(), turns.next()]
    await settle()
    expect(begun).toHaveLength(1)
    begun[0]?.reject(new Error('no'))
    await expect(first).rejects.toThrow('no')
    await settle()
    expect(begun).toHaveLength(2)
    begun[1]?.resolve()
    await Promise.all(later)
    expect(begun).toHaveLength(2)
  })

  it('lets nobody wait for those who ask after them', async () => {
    const { begun, turns } = setUp()
    let ended = 0
    for (let round = 0; round < 20; round++) {
      for (let caller = 0; caller < 5; caller++) void turns.next().then(() => ended++)
      await settle()
      begun.at(-1)?.resolve()
    }
    await settle()
    expect(ended).toBeGreaterThanOrEqual(95)
  })
})
