import { createContext, type Message } from '@empire/context'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSlot, createSlots, findGap, type Slot } from './draft-slots.ts'

/** Calls, their results in any order, and other messages: what `call` says, and whether it is left. */
const pieces = fc.array(fc.record({ kind: fc.constantFrom('call', 'result', 'text', 'summary'), call: fc.nat(4) }), {
  maxLength: 20,
})

function build(steps: readonly { kind: string; call: number }[], gone: ReadonlySet<number>): Slot[] {
  const messages = steps.flatMap(({ kind, call }): Message[] => {
    const parts = { id: 'm', raw: '', callId: `c${call}`, tool: 't' }
    if (kind === 'call') return [{ ...parts, role: 'tool', args: {} }]
    if (kind === 'result') return [{ ...parts, role: 'tool_result', result: '' }]
    return kind === 'text' ? [{ id: 'm', raw: '', role: 'user' }] : []
  })
  const old = createSlots(messages)
  for (const slot of old) slot.isLeft = !gone.has(slot.item.unit)
  const [message] = createContext().assistant('sum').messages as [Message]
  return steps.map(({ kind }, place) =>
    kind === 'summary'
      ? createSlot({ message, index: undefined, unit: steps.length + place, isProtected: false })
      : (old.shift() as Slot),
  )
}

/** Whether a call that is left is before the place and one of its results is not. */
function isParted(slots: readonly Slot[], place: number): boolean {
  const before = new Set(slots.slice(0, place).flatMap(({ item, isLeft }) => (isLeft ? [item.unit] : [])))
  return slots.slice(place).some(({ item, isLeft }) => isLeft && before.has(item.unit))
}

describe('findGap', () => {
  it('gives the first place that parts no call from its results', () => {
    fc.assert(
      fc.property(pieces, fc.nat(), fc.uniqueArray(fc.nat(20)), (steps, pick, gone) => {
        const slots = build(steps, new Set(gone))
        const start = pick % (slots.length + 1)
        const gap = findGap(slots, start)
        expect(isParted(slots, gap)).toBe(false)
        for (let place = start; place < gap; place++) expect(isParted(slots, place)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
