import { type Bus, createBus } from '@empire/bus'
import { Keyv } from 'keyv'
import { expectTypeOf } from 'vitest'
import { createCache } from './create-cache.ts'
import type { CacheEvents } from './invalidation.ts'

interface User {
  name: string
}

const users = createCache<User>()
expectTypeOf(users.get('a')).toEqualTypeOf<Promise<User | undefined>>()
expectTypeOf(users.getOrSet('a', () => ({ name: 'Ada' }))).toEqualTypeOf<Promise<{ name: string }>>()
expectTypeOf(users.getOrSet('a', async () => undefined)).toEqualTypeOf<Promise<undefined>>()
void users.set('a', { name: 'Ada' })
// @ts-expect-error -- another type of value
void users.set('a', { title: 'Ada' })
// @ts-expect-error -- another type of value
void users.getOrSet('a', () => 5)

const anything = createCache()
expectTypeOf(anything.get('a')).toEqualTypeOf<Promise<unknown>>()
expectTypeOf(anything.get<User>('a')).toEqualTypeOf<Promise<User | undefined>>()
expectTypeOf(anything.getOrSet('a', async () => 5)).toEqualTypeOf<Promise<number>>()
// @ts-expect-error -- undefined is no value
void anything.set('a', undefined)
void anything.set('a', null)

createCache({ store: new Map() })
createCache({ store: new Keyv() })
createCache({ store: new Keyv().store })

declare const bus: Bus<CacheEvents & { 'app:stopped': null }>
createCache({ bus })
declare const loose: Bus
createCache({ bus: loose })
createCache({ bus: createBus() })
declare const other: Bus<{ 'app:stopped': null }>
// @ts-expect-error -- a bus that does not carry what caches tell each other
createCache({ bus: other })
