import { compile } from '@empire/schema'
import { Ajv } from 'ajv'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import * as v from 'valibot'
import * as z from 'zod'
import { measure } from '@empire/test-support/measure'
import type { Table } from './table.ts'

export const description =
  'Checking an object of 12 fields, one of them an array of objects: the verdict alone, and with every issue in words. ' +
  'Checking by hand stops at the first error and says nothing; TypeBox is asked for the verdict, ajv for all errors.'

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const samples = quick ? 3 : 100
  // Some of these take 10 ns: the fastest of many short samples is what is left when the machine does nothing else.
  return [await verdicts(samples), await issues(samples), await modes(samples), await compiling(samples)]
}

const order = z.object({
  id: z.string(),
  customer: z.string().min(1).max(80),
  age: z.int().min(0).max(150),
  active: z.boolean(),
  role: z.enum(['admin', 'user', 'guest']),
  score: z.number().min(0).max(1),
  country: z.string().length(2),
  currency: z.string(),
  note: z.string().optional(),
  created: z.number(),
  tags: z.array(z.string()),
  items: z.array(z.object({ sku: z.string().min(1), quantity: z.int().min(1), price: z.number().min(0) })),
})

const whole = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }

const orderType = Type.Object({
  id: Type.String(),
  customer: Type.String({ minLength: 1, maxLength: 80 }),
  age: Type.Integer({ minimum: 0, maximum: 150 }),
  active: Type.Boolean(),
  role: Type.Enum(['admin', 'user', 'guest']),
  score: Type.Number({ minimum: 0, maximum: 1 }),
  country: Type.String({ minLength: 2, maxLength: 2 }),
  currency: Type.String(),
  note: Type.Optional(Type.String()),
  created: Type.Number(),
  tags: Type.Array(Type.String()),
  items: Type.Array(
    Type.Object({
      sku: Type.String({ minLength: 1 }),
      quantity: Type.Integer({ ...whole, minimum: 1 }),
      price: Type.Number({ minimum: 0 }),
    }),
  ),
})

const orderOfValibot = v.object({
  id: v.string(),
  customer: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  age: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(150)),
  active: v.boolean(),
  role: v.picklist(['admin', 'user', 'guest']),
  score: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  country: v.pipe(v.string(), v.length(2)),
  currency: v.string(),
  note: v.optional(v.string()),
  created: v.number(),
  tags: v.array(v.string()),
  items: v.array(
    v.object({
      sku: v.pipe(v.string(), v.minLength(1)),
      quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
      price: v.pipe(v.number(), v.minValue(0)),
    }),
  ),
})

function isText(value: unknown, min = 0, max = Infinity): value is string {
  return typeof value === 'string' && value.length >= min && value.length <= max
}

function isNumber(value: unknown, min = -Infinity, max = Infinity): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max
}

function byHand(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const each = value as Record<string, unknown>
  if (!isText(each['id']) || !isText(each['customer'], 1, 80)) return false
  if (!Number.isSafeInteger(each['age']) || !isNumber(each['age'], 0, 150)) return false
  if (typeof each['active'] !== 'boolean') return false
  if (each['role'] !== 'admin' && each['role'] !== 'user' && each['role'] !== 'guest') return false
  if (!isNumber(each['score'], 0, 1) || !isText(each['country'], 2, 2) || !isText(each['currency'])) return false
  if (each['note'] !== undefined && !isText(each['note'])) return false
  if (!isNumber(each['created'])) return false
  const { tags, items } = each
  if (!Array.isArray(tags) || !Array.isArray(items)) return false
  for (const tag of tags) if (!isText(tag)) return false
  for (const item of items as unknown[]) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return false
    const { sku, quantity, price } = item as Record<string, unknown>
    if (!isText(sku, 1) || !Number.isSafeInteger(quantity) || !isNumber(quantity, 1) || !isNumber(price, 0))
      return false
  }
  return true
}

const valid = {
  id: 'o-1',
  customer: 'Ada',
  age: 36,
  active: true,
  role: 'admin',
  score: 0.5,
  country: 'GB',
  currency: 'GBP',
  note: 'by noon',
  created: 1_700_000_000,
  tags: ['a', 'b', 'c'],
  items: [
    { sku: 'a-1', quantity: 1, price: 2.5 },
    { sku: 'a-2', quantity: 2, price: 3.5 },
    { sku: 'a-3', quantity: 3, price: 4.5 },
  ],
}

const inputs: Readonly<Record<string, unknown>> = {
  valid,
  'one error': { ...valid, items: [valid.items[0], valid.items[1], { ...valid.items[2], price: -1 }] },
  'seven errors': { ...valid, id: 1, customer: '', age: -1, active: 'yes', role: 'root', score: 2, country: 'GBR' },
}

async function table(
  title: string,
  candidates: Readonly<Record<string, (value: unknown) => unknown>>,
  samples: number,
  notes: string[],
): Promise<Table> {
  const columns: Record<string, number[]> = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]))
  for (const input of Object.values(inputs)) {
    const bound = Object.fromEntries(Object.entries(candidates).map(([name, check]) => [name, () => check(input)]))
    const times = await measure(bound, { samples, sampleTime: 2 })
    const reference = times[0]?.fastest ?? Number.NaN
    for (const { name, fastest } of times) columns[name]?.push(fastest * 1e6, fastest / reference)
  }
  const heads = Object.keys(inputs).flatMap((name) => [name, '×'])
  return {
    title,
    columns: ['', ...heads],
    rows: Object.entries(columns).map(([name, times]) => [name, ...times]),
    notes,
  }
}

const compiled = compile(order)
const ofZod = z.compile(order)
const ofTypebox = Compile(orderType)
const ofAjv = new Ajv({ allErrors: true }).compile(z.toJSONSchema(order, { target: 'draft-7' }))

async function verdicts(samples: number): Promise<Table> {
  const candidates = {
    'by hand': byHand,
    '@empire/schema: is': compiled.is,
    'TypeBox, compiled: Check': (value: unknown) => ofTypebox.Check(value),
    'zod: validate of compile': (value: unknown) => z.validate(ofZod, value),
    'zod: safeParse of compile': (value: unknown) => ofZod.safeParse(value).success,
    'zod: safeParse': (value: unknown) => order.safeParse(value).success,
    'valibot: is': (value: unknown) => v.is(orderOfValibot, value),
    'ajv, all errors': (value: unknown) => ofAjv(value),
  }
  return await table('Verdict, ns', candidates, samples, [
    'The fastest of all samples. The ratios are to the check by hand. Of seven errors, the first is in the first field.',
  ])
}

async function issues(samples: number): Promise<Table> {
  const candidates = {
    'zod: safeParse': (value: unknown) => order.safeParse(value).error?.issues,
    '@empire/schema: check': (value: unknown) => {
      const verdict = compiled.check(value)
      return verdict.ok ? undefined : verdict.issues
    },
    'zod: safeParse of compile': (value: unknown) => ofZod.safeParse(value).error?.issues,
    'valibot: safeParse': (value: unknown) => v.safeParse(orderOfValibot, value).issues,
    'TypeBox, compiled: Errors': (value: unknown) => (ofTypebox.Check(value) ? undefined : ofTypebox.Errors(value)),
    'ajv, all errors': (value: unknown) => (ofAjv(value) ? undefined : ofAjv.errors),
  }
  return await table('Output or every issue in words, ns', candidates, samples, [
    'The fastest of all samples. The ratios are to plain zod. ajv and TypeBox give no output.',
  ])
}

async function modes(samples: number): Promise<Table> {
  z.config({ jitless: true })
  const interpreted = compile(order)
  z.config({ jitless: false })
  if (compiled.mode !== 'compiled' || interpreted.mode !== 'interpreted') throw new Error('A mode is not what it says.')
  const candidates = {
    'compiled: is': compiled.is,
    'interpreted: is': interpreted.is,
    'compiled: check': (value: unknown) => compiled.check(value).ok,
    'interpreted: check': (value: unknown) => interpreted.check(value).ok,
  }
  return await table('@empire/schema, compiled and at run time, ns', candidates, samples, [
    'The fastest of all samples. Interpreted is what `compile` falls back to where code must not be generated from strings.',
  ])
}

async function compiling(samples: number): Promise<Table> {
  const times = await measure(
    {
      '@empire/schema: compile': () => compile(order),
      'zod: compile': () => z.compile(order),
      'TypeBox: Compile': () => Compile(orderType),
      ajv: () => new Ajv({ allErrors: true }).compile(z.toJSONSchema(order, { target: 'draft-7' })),
    },
    { samples },
  )
  return {
    title: 'Compiling the schema, µs',
    columns: ['', 'µs', '×'],
    rows: times.map(({ name, fastest }) => [name, fastest * 1000, fastest / (times[0]?.fastest ?? Number.NaN)]),
    notes: ['The fastest of all samples.'],
  }
}
