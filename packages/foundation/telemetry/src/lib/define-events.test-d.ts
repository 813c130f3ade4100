import { describe, expectTypeOf, it } from 'vitest'
import { defineEvents } from './define-events.ts'

const events = defineEvents('types', {
  tick: { description: 'Time went on.' },
  failed: { description: 'It failed.', fields: { error: 'detail' } },
  read: {
    description: 'A value was read.',
    fields: { tier: ['memory', 'store'], namespace: 'label', bytes: 'sum', time: 'duration', value: 'content' },
  },
})

describe('publish', () => {
  it('asks for each field by its kind, and not for details and content', () => {
    events.read.publish({ tier: 'memory', namespace: 'users', bytes: 1, time: 2 })
    events.read.publish({ tier: 'store', namespace: 'users', bytes: 1, time: 2, value: () => 'made', at: 3 })
    // @ts-expect-error -- no such tier
    events.read.publish({ tier: 'disk', namespace: 'users', bytes: 1, time: 2 })
    // @ts-expect-error -- bytes is missing
    events.read.publish({ tier: 'memory', namespace: 'users', time: 2 })
    // @ts-expect-error -- not a number
    events.read.publish({ tier: 'memory', namespace: 'users', bytes: '1', time: 2 })
    // @ts-expect-error -- no such field
    events.read.publish({ tier: 'memory', namespace: 'users', bytes: 1, time: 2, size: 1 })
    // @ts-expect-error -- nothing at all
    events.read.publish()
  })

  it('needs nothing where no field is required', () => {
    events.tick.publish()
    events.failed.publish()
    events.failed.publish({ error: new Error('lost') })
  })
})

describe('subscribe', () => {
  it('gives each field by its kind, and the time', () => {
    events.read.subscribe((message) => {
      expectTypeOf(message.tier).toEqualTypeOf<'memory' | 'store'>()
      expectTypeOf(message.namespace).toEqualTypeOf<string>()
      expectTypeOf(message.bytes).toEqualTypeOf<number>()
      expectTypeOf(message.value).toEqualTypeOf<unknown>()
      expectTypeOf(message.at).toEqualTypeOf<number>()
    })
    events.tick.subscribe((message) => expectTypeOf<keyof typeof message>().toEqualTypeOf<'at'>())
  })
})

describe('defineEvents', () => {
  it('knows the names of the events', () => {
    expectTypeOf<keyof typeof events>().toEqualTypeOf<'tick' | 'failed' | 'read'>()
    // @ts-expect-error -- no such kind
    defineEvents('types', { odd: { description: 'Odd.', fields: { size: 'number' } } })
  })
})
