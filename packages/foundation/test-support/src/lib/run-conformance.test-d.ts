// oxlint-disable-next-line vitest/no-import-node-test -- its functions fit, too
import { test } from 'node:test'
import { describe, expectTypeOf, it } from 'vitest'
import { runConformance } from './run-conformance.ts'

const cases = [{ name: 'keeps order', run: () => {} }]

expectTypeOf(runConformance(cases)).toEqualTypeOf<Promise<void>>()
expectTypeOf(runConformance(cases, { gaps: {} })).toEqualTypeOf<Promise<void>>()
expectTypeOf(runConformance(cases, { describe, it })).toEqualTypeOf<void>()
expectTypeOf(runConformance(cases, { it: test })).toEqualTypeOf<void>()
