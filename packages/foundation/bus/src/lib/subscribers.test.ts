import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePayload } from './encode-payload.ts'
import { Subscribers } from './subscribers.ts'

describe('Subscribers', () => {
  it('keeps a listener that comes after clear() when one from before leaves', async () => {
    const subscribers = new Subscribers()
    const heard: unknown[] = []
    const leave = subscribers.add('news', () => {})
    subscribers.clear()
    subscribers.add('news', (payload) => void heard.push(payload))
    leave()
    subscribers.deliver('news', encodePayload(1))
    await new Promise(setImmediate)
    expect(heard).toEqual([1])
  })

  it('gives each listener all messages between its coming and going, once, in order, or a gap in their place', async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ type: fc.constant('publish' as const) }) },
      { weight: 2, arbitrary: fc.record({ type: fc.constant('add' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
      fc.record({ type: fc.constant('leave' as const), which: fc.nat() }),
      fc.record({ type: fc.constant('turn' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.boolean(), async (steps, isSlow) => {
        const subscribers = new Subscribers()
        const listeners: { heard: (number | 'gap')[]; first: number; last?: number; leave: () => void }[] = []
        let published = 0
        for (const each of steps) {
          if (each.type === 'publish') subscribers.deliver('news', encodePayload(published++))
          else if (each.type === 'turn') await new Promise(setImmediate)
          else if (each.type === 'add') {
            const heard: (number | 'gap')[] = []
            const leave = subscribers.add(
              'news',
              async (number: never) => {
                heard.push(number)
                if (isSlow) await new Promise(setImmediate)
              },
              { limit: each.limit, onGap: () => void heard.push('gap') },
            )
            listeners.push({ heard, first: published, leave })
          } else {
            const listener = listeners[each.which % listeners.length]
            if (listener !== undefined) listener.last ??= listener.heard.length
            listener?.leave()
          }
        }
        for (let turn = 0; turn < 40; turn++) await new Promise(setImmediate)
        for (const { heard, first, last } of listeners) {
          let next = first
          const wrong = heard.filter((item, index) => {
            if (item === 'gap') return false
            const isNext = heard[index - 1] === 'gap' ? item >= next : item === next
            next = item + 1
            return !isNext
          })
          expect(wrong).toEqual([])
          const isComplete = next === published || heard.at(-1) === 'gap'
          expect(last === undefined ? isComplete : heard.length === last).toBe(true)
        }
      }),
    )
  })
})
