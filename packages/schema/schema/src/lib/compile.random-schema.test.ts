import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

/** A schema of any kind, and values that come near to fitting it. */
export interface RandomSchema {
  readonly schema: z.ZodType
  readonly near: fc.Arbitrary<unknown>
}

type Make = fc.Arbitrary<RandomSchema>

const small = fc.integer({ min: -20, max: 20 })
const text = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', 'A', ' ', '1', 'ß', '😀', '\n') })

function leaf(schema: z.ZodType, near: fc.Arbitrary<unknown>): Make {
  return fc.constant({ schema, near })
}

const stringChecks: ((schema: z.ZodString, size: number) => z.ZodString)[] = [
  (schema, size) => schema.min(size),
  (schema, size) => schema.max(size),
  (schema, size) => schema.length(size),
  (schema) => schema.regex(/^[ab1]*$/),
  (schema) => schema.regex(/a/g),
  (schema) => schema.startsWith('a'),
  (schema) => schema.endsWith('b'),
  (schema) => schema.includes('a'),
  (schema) => schema.lowercase(),
  (schema) => schema.uppercase('Shout, please'),
  (schema) => schema.trim(),
  (schema) => schema.toLowerCase(),
  (schema) => schema.normalize(),
  (schema) => schema.refine((value) => value.length % 2 === 0, { message: 'odd', path: ['size'], abort: true }),
]

const strings: Make = fc
  .array(fc.tuple(fc.constantFrom(...stringChecks), fc.nat({ max: 4 })), { maxLength: 3 })
  .map((checks) => {
    const schema = checks.reduce<z.ZodString>((made, [check, size]) => check(made, size), z.string())
    return { schema, near: text }
  })

const formats: Make = fc.oneof(
  leaf(z.email(), fc.oneof(fc.emailAddress(), text)),
  leaf(z.uuid(), fc.oneof(fc.uuid(), text)),
  leaf(z.uuidv4(), fc.uuid()),
  leaf(z.url(), fc.oneof(fc.webUrl(), text)),
  leaf(z.url({ protocol: /^https$/, hostname: /example/ }), fc.webUrl()),
  leaf(z.iso.date(), fc.constantFrom('2024-02-29', '2023-02-29', '2024-1-1')),
  leaf(z.iso.datetime({ offset: true }), fc.constantFrom('2024-02-29T12:00:00Z', '2024-02-29T12:00:00+02:00', 'x')),
  leaf(z.iso.time({ precision: 3 }), fc.constantFrom('12:00:00.123', '12:00', '25:00:00.000')),
  leaf(z.iso.duration(), fc.constantFrom('P1D', 'PT1H', 'P', '1D')),
  leaf(z.ipv4(), fc.oneof(fc.ipV4(), text)),
  leaf(z.ipv6(), fc.oneof(fc.ipV6(), text)),
  leaf(z.cidrv4(), fc.constantFrom('10.0.0.0/8', '10.0.0.0/99')),
  leaf(z.base64(), fc.oneof(fc.base64String(), text)),
  leaf(z.base64url(), fc.oneof(fc.constantFrom('YQ', 'YWI_'), text)),
  leaf(z.jwt(), fc.constantFrom('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x', 'a.b.c')),
  leaf(z.nanoid(), fc.constantFrom('V1StGXR8_Z5jdHi6B-myT', 'short')),
  leaf(z.cuid2(), fc.constantFrom('tz4a98xxat96iws9zmbrgj3a', 'A')),
  leaf(z.ulid(), fc.constantFrom('01ARZ3NDEKTSV4RRFFQ69G5FAV', '01')),
  leaf(z.emoji(), fc.constantFrom('😀', 'a')),
  leaf(z.e164(), fc.constantFrom('+14155552671', '0')),
  leaf(z.hex(), fc.constantFrom('ff', 'xyz')),
  leaf(z.templateLiteral(['v', z.number(), '-', z.enum(['a', 'b'])]), fc.constantFrom('v1-a', 'v1.5-b', 'v-a')),
  leaf(
    z.stringFormat('even', (value) => value.length % 2 === 0),
    text,
  ),
)

const numbers: Make = fc
  .tuple(
    fc.constantFrom(
      () => z.number(),
      () => z.int(),
      () => z.int32(),
      () => z.uint32(),
      () => z.float32(),
    ),
    fc.option(small),
    fc.option(small),
    fc.option(fc.constantFrom(1, 2, 0.1, 0.25)),
    fc.boolean(),
  )
  .map(([make, minimum, maximum, step, exclusive]) => {
    let schema: z.ZodNumber = make()
    if (minimum !== null) schema = exclusive ? schema.gt(minimum) : schema.min(minimum)
    if (maximum !== null) schema = exclusive ? schema.lt(maximum) : schema.max(maximum)
    if (step !== null) schema = schema.multipleOf(step)
    return {
      schema,
      near: fc.oneof(small, fc.double({ min: -20, max: 20 }), fc.constantFrom(Number.NaN, Infinity, -0, 2 ** 40)),
    }
  })

const Size = { Small: 0, Large: 'large', 0: 'Small' } as const

class Point {
  readonly x = 1
}

const tag = Symbol('tag')

const leaves: Make = fc.oneof(
  { weight: 4, arbitrary: strings },
  { weight: 2, arbitrary: formats },
  { weight: 3, arbitrary: numbers },
  leaf(z.boolean(), fc.boolean()),
  leaf(z.bigint().min(-5n).multipleOf(3n), fc.bigInt({ min: -9n, max: 9n })),
  leaf(z.int64(), fc.bigInt()),
  leaf(z.date().min(new Date(0)), fc.date({ noInvalidDate: false })),
  leaf(z.symbol(), fc.constant(tag)),
  leaf(z.null(), fc.constant(null)),
  leaf(z.undefined(), fc.constant(undefined)),
  leaf(z.void(), fc.constant(undefined)),
  leaf(z.any(), fc.anything()),
  leaf(z.unknown(), fc.anything()),
  leaf(z.never(), small),
  leaf(z.nan(), fc.constantFrom(Number.NaN, 0)),
  leaf(z.literal(['a', 1, null, undefined, true, 3n]), fc.constantFrom('a', 1, null, undefined, true, 3n, 'z')),
  leaf(z.enum(['a', 'b']), fc.constantFrom('a', 'b', 'z', '__proto__', 'constructor')),
  leaf(z.enum(Size), fc.constantFrom(0, 'large', 'Small', 1)),
  leaf(z.file().min(2).mime('text/plain'), fc.constantFrom(new File(['abc'], 'a', { type: 'text/plain' }), {})),
  leaf(z.instanceof(Point), fc.constantFrom(new Point(), {})),
  leaf(z.json(), fc.jsonValue()),
  leaf(z.stringbool(), fc.constantFrom('true', 'no', 'maybe', true)),
  leaf(z.coerce.number().min(0), fc.oneof(small, small.map(String), text)),
  leaf(z.coerce.string().max(3), fc.oneof(small, text, fc.boolean())),
  leaf(z.coerce.boolean(), fc.anything()),
  leaf(z.coerce.date(), fc.oneof(small, fc.constantFrom('2024-01-01', 'x'))),
  leaf(z.coerce.bigint(), fc.oneof(small, fc.constantFrom('12', 'x', 1.5))),
  leaf(
    z.custom<string>((value) => typeof value === 'string', 'Text, please'),
    text,
  ),
)

const keys = fc.constantFrom('a', 'b', 'c', 'a-b', 'constructor', 'toString', 'length')

/** Objects, with own keys that look like inherited ones, and keys that the schema does not know. */
function objects(part: Make): Make {
  return fc
    .record({
      shape: fc.uniqueArray(fc.tuple(keys, part, fc.constantFrom('required', 'optional', 'exact')), {
        selector: ([key]) => key,
        maxLength: 4,
      }),
      mode: fc.constantFrom('strip', 'strict', 'loose', 'catchall'),
      refined: fc.boolean(),
    })
    .map(({ shape, mode, refined }) => {
      const fields = shape.map(([key, { schema }, presence]) => {
        if (presence === 'optional') return [key, schema.optional()] as const
        return [key, presence === 'exact' ? z.exactOptional(schema) : schema] as const
      })
      const object = z.object(Object.fromEntries(fields))
      const modes = {
        strip: () => object,
        strict: () => object.strict(),
        loose: () => object.loose(),
        catchall: () => object.catchall(z.number()),
      }
      const moded: z.ZodType = modes[mode]()
      const known = fc.record(Object.fromEntries(shape.map(([key, { near }]) => [key, near])), { requiredKeys: [] })
      const whole = fc.record(Object.fromEntries(shape.map(([key, { near }]) => [key, near])))
      const more = fc.dictionary(fc.constantFrom('a', 'x', '__proto__', ''), fc.oneof(small, text), { maxKeys: 2 })
      return {
        schema: refined ? moded.refine((value) => Object.keys(value as object).length !== 1, 'Not alone') : moded,
        near: fc.oneof(
          whole,
          known,
          fc.tuple(whole, more).map(([value, added]) => ({ ...added, ...value })),
        ),
      }
    })
}

const variants: Make = fc.tuple(strings, numbers, fc.boolean()).map(([first, second, loose]) => ({
  schema: z.discriminatedUnion(
    'kind',
    [
      z.object({ kind: z.literal('a'), value: first.schema }),
      z.strictObject({ kind: z.literal(['b', 1]), value: second.schema }),
    ],
    { unionFallback: loose },
  ),
  near: fc.oneof(
    fc.record({ kind: fc.constant('a'), value: first.near }),
    fc.record({ kind: fc.constantFrom('b', 1, 'z'), value: second.near }),
  ),
}))

interface Node {
  value: number
  next?: Node | undefined
}

const recursive: Make = fc.constantFrom(true, false).map((lazy) => {
  const node: z.ZodType<Node> = lazy
    ? z.lazy(() => z.object({ value: z.number(), next: node.optional() }))
    : z.object({
        value: z.number(),
        get next(): z.ZodOptional<z.ZodType<Node>> {
          return z.optional(node)
        },
      })
  const near = fc.letrec((tie) => ({
    node: fc.record({ value: fc.oneof(small, text), next: fc.option(tie('node'), { nil: undefined, maxDepth: 4 }) }),
  })).node
  return { schema: node, near }
})

function containers(part: Make): Make {
  return fc.oneof(
    { weight: 5, arbitrary: objects(part) },
    fc.tuple(part, fc.nat({ max: 3 })).map(([{ schema, near }, size]) => ({
      schema: z.array(schema).max(size),
      near: fc.array(near, { maxLength: size + 1 }),
    })),
    part.map(({ schema, near }) => ({ schema: z.array(schema).nonempty(), near: fc.array(near, { maxLength: 3 }) })),
    fc.tuple(part, part, fc.option(part)).map(([first, second, rest]) => ({
      schema: rest === null ? z.tuple([first.schema, second.schema]) : z.tuple([first.schema], rest.schema),
      near: fc.oneof(fc.tuple(first.near, second.near), fc.tuple(first.near), fc.array(first.near, { maxLength: 3 })),
    })),
    part.map(({ schema, near }) => ({
      schema: z.tuple([z.string(), schema.optional()]),
      near: fc.oneof(fc.tuple(text), fc.tuple(text, near)),
    })),
    fc
      .tuple(part, fc.constantFrom('any', 'enum', 'partial', 'pattern', 'number', 'loose'))
      .map(([{ schema, near }, kind]) => {
        const kinds = {
          any: () => z.record(z.string(), schema),
          enum: () => z.record(z.enum(['a', 'b']), schema),
          partial: () => z.partialRecord(z.enum(['a', 'b']), schema),
          pattern: () => z.record(z.string().regex(/^[a-c]$/), schema),
          number: () => z.record(z.number(), schema),
          loose: () => z.looseRecord(z.string().regex(/^a/), schema),
        }
        return {
          schema: kinds[kind](),
          near: fc.dictionary(fc.constantFrom('a', 'b', 'ab', '1', '1.5', '__proto__'), near, { maxKeys: 3 }),
        }
      }),
    fc.tuple(strings, part).map(([key, value]) => ({
      schema: z.map(key.schema, value.schema).max(2),
      near: fc.array(fc.tuple(key.near, value.near), { maxLength: 3 }).map((entries) => new Map(entries)),
    })),
    part.map(({ schema, near }) => ({
      schema: z.set(schema).min(1),
      near: fc.array(near, { maxLength: 3 }).map((items) => new Set(items)),
    })),
    fc.tuple(part, part).map(([first, second]) => ({
      schema: z.union([first.schema, second.schema]),
      near: fc.oneof(first.near, second.near),
    })),
    part.map(({ schema, near }) => ({ schema: z.union([schema, z.unknown().transform(() => 'else')]), near })),
    fc.tuple(part, part).map(([first, second]) => ({
      schema: z.xor([first.schema, second.schema]),
      near: fc.oneof(first.near, second.near),
    })),
    fc.tuple(objects(part), objects(part)).map(([first, second]) => ({
      schema: z.intersection(first.schema, second.schema),
      near: fc.tuple(first.near, second.near).map(([left, right]) => ({ ...(left as object), ...(right as object) })),
    })),
    variants,
    recursive,
  )
}

/** A transform that refuses something. */
export function refuseNegative(value: unknown, context: z.RefinementCtx): unknown {
  if (typeof value !== 'number' || value >= 0) return value
  context.issues.push({ code: 'custom', message: 'Negative', input: value })
  return z.NEVER
}

function wrappers(part: Make): Make {
  const wrap = (make: (schema: z.ZodType) => z.ZodType): Make =>
    part.map(({ schema, near }) => ({ schema: make(schema), near: fc.oneof(near, fc.constantFrom(undefined, null)) }))
  return fc.oneof(
    wrap((schema) => schema.optional()),
    wrap((schema) => schema.nullable()),
    wrap((schema) => schema.nullish()),
    wrap((schema) => schema.optional().nonoptional()),
    wrap((schema) => schema.default('made')),
    wrap((schema) => schema.prefault('made')),
    wrap((schema) => schema.catch('caught')),
    wrap((schema) => schema.catch(({ issues }: { issues: readonly unknown[] }) => issues.length)),
    wrap((schema) => schema.readonly()),
    wrap((schema) => schema.brand('id')),
    wrap((schema) => schema.describe('described')),
    wrap((schema) => schema.refine((value) => typeof value !== 'number', 'No number')),
    wrap((schema) => schema.refine((value) => value !== 'a', { error: ({ input }) => `not ${typeof input}` })),
    wrap((schema) =>
      schema.superRefine((value, context) => {
        if (value === null) context.addIssue({ code: 'custom', message: 'No null', path: ['deep'], params: { a: 1 } })
      }),
    ),
    wrap((schema) => schema.refine((value) => value !== 3, { when: ({ issues }) => issues.length < 2 })),
    wrap((schema) => schema.transform((value) => [value])),
    wrap((schema) => schema.transform(refuseNegative)),
    wrap((schema) => z.preprocess((value) => (value === 'a' ? 1 : value), schema)),
    wrap((schema) => schema.pipe(z.unknown().refine((value) => value !== true))),
    wrap((schema) => z.lazy(() => schema)),
    wrap((schema) => z.codec(schema, z.unknown(), { decode: (value) => ({ value }), encode: (value) => value })),
    wrap((schema) => z.success(schema)),
    wrap((schema) => schema.overwrite((value) => value)),
  )
}

const built = fc.letrec<{ schema: RandomSchema; container: RandomSchema; wrapper: RandomSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'schema' },
    { weight: 2, arbitrary: leaves },
    { weight: 3, arbitrary: tie('container') },
    { weight: 2, arbitrary: tie('wrapper') },
  ),
  container: containers(tie('schema')),
  wrapper: wrappers(tie('schema')),
}))

/** Schemas of every kind that zod has. */
export const randomSchema: Make = built.schema

describe('randomSchema', () => {
  it('makes schemas that some of the near values fit and some do not', () => {
    const samples = fc.sample(randomSchema, { numRuns: 300, seed: 1 })
    const fits = samples.flatMap(({ schema, near }) =>
      fc.sample(near, { numRuns: 3, seed: 2 }).map((value) => attemptToFit(schema, value)),
    )
    expect(fits.filter((fit) => fit === true).length).toBeGreaterThan(200)
    expect(fits.filter((fit) => fit === false).length).toBeGreaterThan(200)
  })
})

function attemptToFit(schema: z.ZodType, value: unknown): boolean | undefined {
  try {
    return schema.safeParse(value).success
  } catch {
    return undefined
  }
}
