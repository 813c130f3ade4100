import { expectTypeOf } from 'vitest'
import type { Bus } from './bus.ts'
import { createBus } from './create-bus.ts'
import type { TopicBus } from './topic-bus.ts'

type Invalidations = TopicBus<'cache:invalidated', { key: string }>

expectTypeOf<Bus<{ 'cache:invalidated': { key: string } }>>().toExtend<Invalidations>()
expectTypeOf<Bus<{ 'cache:invalidated': { key: string }; 'app:stopped': null }>>().toExtend<Invalidations>()
expectTypeOf<Bus>().toExtend<Invalidations>()
expectTypeOf<Bus<{ 'app:stopped': null }>>().not.toExtend<Invalidations>()
expectTypeOf<Bus<{ 'cache:invalidated': number }>>().not.toExtend<Invalidations>()

const inferred: Invalidations = createBus()
void inferred
