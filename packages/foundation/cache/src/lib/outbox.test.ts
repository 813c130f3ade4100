import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import type { Label } from './label.ts'
import { Outbox } from './outbox.ts'

const many = Array.from({ length: 10_001 }, (_, index) => `k${index}`)

/** An outbox whose store can be down, and all that it has done in order. */
function setUp() {
  const clock = createManualClock()
  const done: { what: 'end' | 'tell' | 'warn'; labels: readonly Label[] }[] = []
  const state = { isDown: false, gate: Promise.resolve() }
  const outbox = new Outbox({
    clock,
    rest: 100,
    async end(labels) {
      await state.gate
      if (state.isDown) throw new Error('down')
      done.push({ what: 'end', labels: [...labels] })
    },
    async announce(labels, isPending) {
      done.push({ what: isPending ? 'warn' : 'tell', labels })
    },
  })
  return { clock, done, state, outbox }
}

/** Lets everything happen that waits for nothing else. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('Outbox', () => {
  it('ends in the store first, then tells', async () => {
    const { outbox, done } = setUp()
    await outbox.send(['ka'])
    expect(done).toEqual([
      { what: 'end', labels: ['ka'] },
      { what: 'tell', labels: ['ka'] },
    ])
  })

  it('tells all labels of one together, though the store is to end some of them once more', async () => {
    const { outbox, done, state } = setUp()
    const [firstGate, secondGate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    state.gate = firstGate.promise
    const first = outbox.send(['kb', 'db'])
    await settle()
    state.gate = secondGate.promise
    const second = outbox.send(['tb', 'db'])
    firstGate.resolve()
    await settle()
    expect(done).toEqual([
      { what: 'end', labels: ['kb', 'db'] },
      { what: 'tell', labels: ['kb', 'db'] },
    ])
    secondGate.resolve()
    await Promise.all([first, second])
    expect(done.slice(2)).toEqual([
      { what: 'end', labels: ['tb', 'db'] },
      { what: 'tell', labels: ['tb', 'db'] },
    ])
  })

  it('ends and tells of the same one in each round, however many come without a pause', async () => {
    const { outbox, done, state } = setUp()
    let sent = 0
    for (let round = 0; round < 20; round++) {
      const gate = Promise.withResolvers<void>()
      state.gate = gate.promise
      for (let caller = 0; caller < 3; caller++) void outbox.send(['ka']).then(() => sent++)
      await settle()
      gate.resolve()
      // Before the answer of the store has been heard.
      void outbox.send(['ka']).then(() => sent++)
    }
    await settle()
    expect(done.filter(({ what }) => what === 'tell').length).toBeGreaterThanOrEqual(20)
    expect(sent).toBe(80)
  })

  it('warns while the store is down, tries again, and tells when it is done', async () => {
    const { outbox, done, state, clock } = setUp()
    state.isDown = true
    await expect(outbox.send(['ka'])).rejects.toThrow('down')
    expect(done).toEqual([{ what: 'warn', labels: ['ka'] }])
    state.isDown = false
    await clock.advance(100)
    expect(done.slice(1)).toEqual([
      { what: 'end', labels: ['ka'] },
      { what: 'tell', labels: ['ka'] },
    ])
    expect(clock.waiting).toBe(0)
  })

  it('ends everything instead of too many, in the store before it tells so', async () => {
    const { outbox, done, state, clock } = setUp()
    state.isDown = true
    for (const label of many) await outbox.send([label]).catch(() => {})
    done.length = 0
    state.isDown = false
    await clock.advance(100)
    expect(done).toEqual([
      { what: 'end', labels: ['n'] },
      { what: 'tell', labels: ['n'] },
    ])
  })

  it('tells nobody of one that the store is to end with everything else, before it has', async () => {
    const { outbox, done, state } = setUp()
    const gate = Promise.withResolvers<void>()
    const sent = outbox.send(['ka'])
    // Taken over between the end and the telling.
    state.gate = gate.promise
    outbox.adopt([...many, 'ka'])
    await Promise.resolve()
    const settled = outbox.settle()
    await settle()
    expect(done.filter(({ what }) => what === 'tell')).toEqual([])
    gate.resolve()
    await Promise.all([sent, settled])
    expect(done.at(-1)).toEqual({ what: 'tell', labels: ['ka'] })
    await outbox.close()
  })
})
