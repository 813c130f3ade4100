import { describe, expect, it } from 'vitest'
import { busCases } from '../conformance.ts'
import { createBus } from './create-bus.ts'

function connect() {
  const bus = createBus()
  return [bus, bus] as const
}

describe('createBus', () => {
  it.each(busCases({ connect }))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('has called idle listeners when an awaited publish goes on', async () => {
    const bus = createBus<{ greeted: { name: string } }>()
    const heard: string[] = []
    await bus.subscribe('greeted', ({ name }) => void heard.push(name))
    await bus.publish('greeted', { name: 'Ada' })
    expect(heard).toEqual(['Ada'])
  })
})
