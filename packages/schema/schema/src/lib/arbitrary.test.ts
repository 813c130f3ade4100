import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { arbitrary } from './arbitrary.ts'
import { defineType } from './define-type.ts'
import { NoExampleError } from './no-example-error.ts'
import { randomSchema } from './compile.random-schema.test.ts'

const endless: z.ZodType = z.object({
  get next() {
    return endless
  },
})

/** What the schema says of the values that are made for it: nothing, if they fit. */
function objections<Schema extends z.ZodType>(schema: Schema): z.core.$ZodIssue[] {
  const values = fc.sample(arbitrary(schema), { numRuns: 50 })
  return values.flatMap((value) => schema.safeParse(value).error?.issues ?? [])
}

function failureOf(schema: z.ZodType): string {
  try {
    fc.sample(arbitrary(schema), 10)
    return 'none'
  } catch (error) {
    if (error instanceof NoExampleError) return error.message
    throw error
  }
}

describe('arbitrary', () => {
  it('makes what any schema accepts, or says that it cannot', () => {
    let made = 0
    let given = 0
    fc.assert(
      fc.property(fc.noShrink(randomSchema), fc.integer(), ({ schema }, seed) => {
        try {
          for (const value of fc.sample(arbitrary(schema), { numRuns: 3, seed })) {
            expect(schema.safeParse(value).error?.issues).toBeUndefined()
          }
          made++
        } catch (error) {
          if (!(error instanceof NoExampleError)) throw error
          given++
        }
      }),
      { numRuns: 50 },
    )
    expect(made).toBeGreaterThan(given)
  })

  it.each(
    Object.entries({
      email: z.email(),
      uuid: z.uuid(),
      uuidv4: z.uuidv4(),
      uuidv7: z.uuidv7(),
      guid: z.guid(),
      url: z.url(),
      httpUrl: z.httpUrl(),
      hostname: z.hostname(),
      emoji: z.emoji(),
      ipv4: z.ipv4(),
      ipv6: z.ipv6(),
      mac: z.mac(),
      cidrv4: z.cidrv4(),
      cidrv6: z.cidrv6(),
      base64: z.base64(),
      base64url: z.base64url(),
      jwt: z.jwt(),
      'jwt with algorithm': z.jwt({ alg: 'RS256' }),
      nanoid: z.nanoid(),
      cuid2: z.cuid2(),
      ulid: z.ulid(),
      xid: z.xid(),
      ksuid: z.ksuid(),
      e164: z.e164(),
      hex: z.hex(),
      sha256: z.hash('sha256'),
      date: z.iso.date(),
      time: z.iso.time(),
      'time of minutes': z.iso.time({ precision: -1 }),
      datetime: z.iso.datetime(),
      'datetime of seconds': z.iso.datetime({ precision: 0 }),
      'datetime of microseconds': z.iso.datetime({ precision: 6, offset: true }),
      duration: z.iso.duration(),
      'email in a string': z.string().email().max(40),
    }),
  )('knows the format %s', (_, schema) => {
    expect(objections(schema)).toEqual([])
  })

  it.each(
    Object.entries({
      length: z.string().length(7),
      'long and bounded': z.string().min(30).max(31),
      pattern: z.string().regex(/^[A-Z]{2}-\d{3,5}$/),
      'two patterns': z
        .string()
        .regex(/^[a-z]+$/)
        .regex(/a/),
      ends: z.string().startsWith('ab').endsWith('yz').includes('-').max(12),
      cases: z.string().lowercase().min(3),
      integer: z.int().min(-3).max(3),
      step: z.number().multipleOf(0.1).min(0.25).max(0.75),
      exclusive: z.number().gt(0).lt(1e-9),
      huge: z.number().min(1e15).multipleOf(1e14),
      bigint: z.bigint().gt(-7n).max(9n).multipleOf(4n),
      date: z.date().min(new Date(0)).max(new Date(1000)),
      array: z.array(z.boolean()).min(2).max(3),
      set: z.set(z.int().min(0).max(9)).size(4),
      map: z.map(z.string(), z.int()).max(2),
      tuple: z.tuple([z.string(), z.int().optional()], z.boolean()),
      record: z.record(z.enum(['a', 'b']), z.int()),
      'record of patterns': z.record(z.string().regex(/^x-/), z.int()),
      'record of numbers': z.record(z.number(), z.int()),
      intersection: z.intersection(z.object({ a: z.int() }), z.object({ b: z.string() })),
      union: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
      template: z.templateLiteral(['v', z.int(), '.', z.enum(['x', 'y'])]),
      refinement: z.int().refine((value) => value % 7 === 0),
      text: z.string().transform(Number).pipe(z.number().min(0)),
      stringbool: z.stringbool(),
      coercion: z.coerce.number().int().min(3),
      preprocess: z.preprocess((value) => value, z.string().min(1)),
      file: z.file().min(3).max(9).mime(['image/png']),
    }),
  )('honours %s', (_, schema) => {
    expect(objections(schema)).toEqual([])
  })

  it('leaves out optional fields, and sometimes not', () => {
    const schema = z.object({ a: z.int(), b: z.int().optional(), c: z.int().default(3) })
    const keys = new Set(
      fc.sample(arbitrary(schema), { numRuns: 200, seed: 1 }).map((value) => Object.keys(value).join()),
    )
    expect(keys.size).toBeGreaterThan(2)
    for (const each of keys) expect(each).toContain('a')
  })

  it('ends what refers to itself', () => {
    interface Tree {
      value: number
      children: Tree[]
      parent?: Tree | undefined
    }
    const tree: z.ZodType<Tree, Tree> = z.object({
      value: z.int(),
      get children() {
        return z.array(tree)
      },
      get parent() {
        return tree.optional()
      },
    })
    const depthOf = (node: Tree): number =>
      1 + Math.max(0, ...node.children.map(depthOf), node.parent ? depthOf(node.parent) : 0)
    const depths = fc.sample(arbitrary(tree, { maxDepth: 4 }), { numRuns: 100, seed: 1 }).map(depthOf)
    expect(Math.max(...depths)).toBeGreaterThan(1)
    expect(Math.max(...depths)).toBeLessThanOrEqual(4)
    expect(objections(z.json())).toEqual([])
  })

  it('takes the examples of named types and of metadata', () => {
    const dice = defineType('dice', { base: z.int().min(1).max(6), example: (random) => 1 + Math.floor(random() * 6) })
    const rolls = fc.sample(arbitrary(z.object({ roll: dice })), { numRuns: 100, seed: 1 }).map(({ roll }) => roll)
    expect(new Set(rolls)).toEqual(new Set([1, 2, 3, 4, 5, 6]))
    const range = z.instanceof(RegExp).meta({ examples: [/a/, /b/] })
    const made = fc.sample(arbitrary(range), { numRuns: 20, seed: 1 })
    expect(new Set(made.map(({ source }) => source))).toEqual(new Set(['a', 'b']))
  })

  it.each([
    [z.object({ a: z.array(z.instanceof(RegExp)) }), 'at a.element: nothing is known of values of "custom"'],
    [z.object({ a: z.never() }), 'at a: it accepts nothing'],
    [z.int().min(3).max(2), 'at (value): no number is within its bounds'],
    [z.object({ a: z.string().refine(() => false) }), 'at a: it refused 1,000 values in a row'],
    [z.string().regex(/(?<=a)b/), 'at (value): '],
    [endless, 'at (value): it refers to itself without an end'],
  ])('says why there is none: %#', (schema, reason) => {
    expect(failureOf(schema)).toContain(`No value can be made for the schema ${reason}`)
  })

  it('leaves out what accepts nothing, where it may', () => {
    const schema = z.object({ a: z.never().optional(), b: z.array(z.never()), c: z.union([z.never(), z.literal(1)]) })
    expect(fc.sample(arbitrary(schema), 5)).toEqual(Array.from({ length: 5 }, () => ({ b: [], c: 1 })))
  })

  it('passes on why a check fails', () => {
    const failure = new Error('broken check')
    const schema = z.int().refine(() => {
      throw failure
    })
    expect(() => fc.sample(arbitrary(schema), 1)).toThrow(
      expect.objectContaining({ code: 'no_example', cause: failure }),
    )
    const waiting = z.int().refine(async () => true)
    expect(() => fc.sample(arbitrary(waiting), 1)).toThrow(new TypeError('"schema" must not wait for a promise.'))
  })

  it('words an error whole', () => {
    expect(failureOf(z.never())).toBe(
      'No value can be made for the schema at (value): it accepts nothing. Give it an "example" with defineType(), or "examples" in its metadata.',
    )
  })

  it.each([
    [() => arbitrary({} as never), '"schema" must be a schema of zod 4, got an object.'],
    [() => arbitrary(z.int(), { depth: 3 } as never), '"options" has no key "depth". Known: maxDepth.'],
    [
      () => arbitrary(z.int(), { maxDepth: 0 }),
      '"maxDepth" must be a whole number of at least 1, or Infinity, got a number (0).',
    ],
  ])('refuses what it cannot take: %s', (call, message) => {
    expect(call).toThrow(new TypeError(message))
  })
})
