import { expectTypeOf } from 'vitest'
import type { RepairEdit } from './repair-edit.ts'
import { repairJson } from './repair-json.ts'
import { repairKinds, type RepairKind } from './repair-kind.ts'

const result = repairJson('{}', { several: 'last', nonFinite: 'number', strict: 'safe', readings: 2, schema: true })
expectTypeOf(result.value).toEqualTypeOf<unknown>()
expectTypeOf(result.edits).toEqualTypeOf<readonly RepairEdit[]>()
expectTypeOf(result.truncatedAt).toEqualTypeOf<number | undefined>()
expectTypeOf<RepairEdit['kind']>().toEqualTypeOf<RepairKind>()
expectTypeOf(repairKinds.quote_key.changesMeaning).toEqualTypeOf<false>()
expectTypeOf<'quote_key' | 'insert_comma'>().toExtend<RepairKind>()

// @ts-expect-error -- there are three ways to take several values
repairJson('{}', { several: 'all' })
// @ts-expect-error -- the only strictness is 'safe'
repairJson('{}', { strict: true })
// @ts-expect-error -- bytes are for the parser of streams
repairJson(new Uint8Array())
// @ts-expect-error -- a receipt is not written to
result.edits.push()
