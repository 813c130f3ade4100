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

describe('Outbox', () => {
  it('ends in the store first, then tells', async () => {
    const { outbox, done } = setUp()
    await outbox.send(['ka'])
    expect(done).toEqual([
      { what: 'end', labels: ['ka'] },
      { what: 'tell', labels: ['ka'] },
    ])
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
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    expect(done.filter(({ what }) => what === 'tell')).toEqual([])
    gate.resolve()
    await Promise.all([sent, settled])
    expect(done.at(-1)).toEqual({ what: 'tell', labels: ['ka'] })
    await outbox.close()
  })
})
