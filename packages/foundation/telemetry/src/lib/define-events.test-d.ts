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
    const given = { tier: 'memory', namespace: 'users', bytes: 1, time: 2 } as const
    const publish = expectTypeOf(events.read.publish)
    publish.toBeCallableWith(given)
    publish.toBeCallableWith({ ...given, tier: 'store', value: () => 'made', at: 3 })
    // @ts-expect-error -- no such tier
    publish.toBeCallableWith({ ...given, tier: 'disk' })
    // @ts-expect-error -- bytes and time are missing
    publish.toBeCallableWith({ tier: 'memory', namespace: 'users' })
    // @ts-expect-error -- not a number
    publish.toBeCallableWith({ ...given, bytes: '1' })
    // @ts-expect-error -- nothing at all
    publish.toBeCallableWith()
  })

  it('needs nothing where no field is required', () => {
    expectTypeOf(events.tick.publish).toBeCallableWith()
    expectTypeOf(events.failed.publish).toBeCallableWith()
    expectTypeOf(events.failed.publish).toBeCallableWith({ error: new Error('lost') })
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
