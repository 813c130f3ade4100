import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { array, assert, constant, constantFrom, integer, nat, oneof, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WaitingLine } from './waiting-line.ts'

describe('WaitingLine', () => {
  it('serves by priority, and by arrival within one, whoever joins, leaves or looks in between', () => {
    const step = oneof(
      record({ join: integer({ min: -1000, max: 1000 }) }),
      record({ join: constantFrom(-1, 0, 1) }),
      record({ leave: nat() }),
      constant({ serve: true }),
      constant({ look: true }),
    )
    assert(
      property(array(step, { maxLength: 300 }), (steps) => {
        const line = new WaitingLine<number>()
        const leaving = new Map<number, () => void>()
        let model: { id: number; priority: number }[] = []
        for (const [id, each] of steps.entries()) {
          if ('join' in each) {
            leaving.set(id, line.join(id, each.join))
            model = [...model, { id, priority: each.join }].toSorted((a, b) => b.priority - a.priority || a.id - b.id)
          } else {
            const gone =
              'leave' in each ? model[each.leave % (model.length || 1)] : 'serve' in each ? model[0] : undefined
            if (gone !== undefined) leaving.get(gone.id)?.()
            model = model.filter((waiter) => waiter !== gone)
          }
          // Not after each: to look takes the first out of the queue, which must not matter.
          const looked = 'leave' in each ? undefined : line.first()
          expect(looked).toBe('leave' in each ? undefined : model[0]?.id)
          expect(line.size).toBe(model.length)
        }
      }),
    )
  })

  it('takes no notice of one who leaves twice', () => {
    const line = new WaitingLine<string>()
    const leave = line.join('a', 0)
    line.join('b', 0)
    leave()
    leave()
    expect(line.first()).toBe('b')
    expect(line.size).toBe(1)
  })

  it('lets go of those who left behind one who stays', async () => {
    const line = new WaitingLine<object>()
    const first = { name: 'first' }
    line.join(first, 0)
    expect(line.first()).toBe(first)
    const left = Array.from({ length: 1000 }, (_, index) => {
      const waiter = {}
      line.join(waiter, index % 2)()
      return new WeakRef(waiter)
    })
    // A weak reference holds until the turn of the event loop is over.
    await setImmediate()
    collectGarbage()
    expect(left.filter((waiter) => waiter.deref() !== undefined).length).toBeLessThan(50)
    expect(line.first()).toBe(first)
  })
})

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('There is no gc() to call.')
  collect()
}
