import { expectTypeOf } from 'vitest'
import type { Bus } from './bus.ts'
import { createBus } from './create-bus.ts'

interface CacheEvents {
  'cache:invalidated': { key: string }
}
interface AppEvents extends CacheEvents {
  'app:stopped': null
}

const bus = createBus<AppEvents>()

void bus.publish('cache:invalidated', { key: 'a' })
void bus.publish('app:stopped', null)
// @ts-expect-error -- a topic that is not declared
void bus.publish('app:started', null)
// @ts-expect-error -- a payload of another type
void bus.publish('cache:invalidated', { key: 1 })
// @ts-expect-error -- no payload
void bus.publish('cache:invalidated')

void bus.subscribe('cache:invalidated', (payload) => {
  expectTypeOf(payload).toEqualTypeOf<{ key: string }>()
})
void bus.subscribe('app:stopped', async () => {}, {
  onGap(gap) {
    expectTypeOf(gap.reason).toEqualTypeOf<'reconnected' | 'overflow' | 'unreadable'>()
  },
})

// A package that needs some topics takes a bus of more, and types one that is made for it.
expectTypeOf<Bus<AppEvents>>().toExtend<Bus<CacheEvents>>()
const inferred: Bus<CacheEvents> = createBus()
void inferred.subscribe('cache:invalidated', ({ key }) => void key)
expectTypeOf<Bus<{ 'app:stopped': null }>>().not.toExtend<Bus<CacheEvents>>()
expectTypeOf<Bus<{ 'cache:invalidated': number }>>().not.toExtend<Bus<CacheEvents>>()
