import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import { merge } from './merge.ts'

const merged = merge(z.object({ id: z.int(), name: z.string() }), z.object({ id: z.string(), age: z.int().optional() }))

expectTypeOf<z.output<typeof merged>>().toEqualTypeOf<{ name: string; id: string; age?: number | undefined }>()

// @ts-expect-error no object schema
merge(z.object({}), z.string())
