import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { changesValues } from './changes-values.ts'

interface Tree {
  readonly children: readonly Tree[]
}
const tree: z.ZodType<Tree> = z.object({ children: z.array(z.lazy(() => tree)) })

const checking: Readonly<Record<string, z.ZodType>> = {
  string: z.string().min(1).email(),
  object: z.object({ a: z.number().optional(), b: z.nullable(z.boolean()) }),
  strict: z.strictObject({ a: z.int() }),
  loose: z.looseObject({ a: z.int() }).refine(() => true),
  tuple: z.tuple([z.string()], z.number()),
  record: z.record(z.string(), z.array(z.literal('a'))),
  union: z.union([z.string(), z.discriminatedUnion('a', [z.object({ a: z.literal(1) })])]),
  intersection: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
  map: z.map(z.string(), z.set(z.date())),
  tree,
}

const changing: Readonly<Record<string, z.ZodType>> = {
  default: z.object({ a: z.string().default('x') }),
  prefault: z.string().prefault('x'),
  catch: z.string().catch('x'),
  transform: z.array(z.string().transform(Number)),
  preprocess: z.preprocess(String, z.string()),
  coerce: z.map(z.coerce.string(), z.string()),
  trim: z.record(z.string(), z.string().trim()),
  lowerCase: z.string().toLowerCase(),
  overwrite: z.number().overwrite((value) => value + 1),
  url: z.url({ normalize: true }),
  stringbool: z.stringbool(),
  codec: z.codec(z.string(), z.number(), { decode: Number, encode: String }),
  check: z.number().check((payload) => void (payload.value = 1)),
  rest: z.tuple([z.string()], z.string().trim()),
  catchall: z.object({}).catchall(z.string().trim()),
  later: z.lazy(() => z.string().trim()),
}

describe('changesValues', () => {
  it.each(Object.entries(checking))('is false for %s', (_name, schema) => {
    expect(changesValues(schema)).toBe(false)
  })

  it.each(Object.entries(changing))('is true for %s', (_name, schema) => {
    expect(changesValues(schema)).toBe(true)
  })

  it('is true for what is no zod schema', () => {
    expect(
      changesValues({ '~standard': { version: 1, vendor: 'own', validate: (value: unknown) => ({ value }) } }),
    ).toBe(true)
  })
})
