import { contract, sample } from '@empire/contract'
import { defineModel } from '@empire/model'
import { compile } from '@empire/schema'
import { measure } from '@empire/test-support/measure'
import { z } from 'zod'
import type { Table } from './table.ts'

export const description = 'What a contract costs around a function, and a model around its schema.'

const schema = z.object({
  id: z.string(),
  name: z.string().min(1),
  email: z.string(),
  age: z.int().min(0),
  score: z.number(),
  active: z.boolean(),
  role: z.enum(['admin', 'author', 'reader']),
  city: z.string().optional(),
  country: z.string(),
  zip: z.string(),
  lines: z.array(z.object({ product: z.string(), count: z.number() })),
  note: z.string().nullable(),
})

const value: z.infer<typeof schema> = {
  id: 'a1',
  name: 'Ada',
  email: 'ada@example.com',
  age: 36,
  score: 0.5,
  active: true,
  role: 'author',
  country: 'UK',
  zip: 'W1',
  lines: [
    { product: 'Engine', count: 2 },
    { product: 'Card', count: 100 },
  ],
  note: null,
}

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const samples = quick ? 5 : 61
  return [await calls(samples), await models(samples), await making(quick ? 3 : 15)]
}

async function calls(samples: number): Promise<Table> {
  const compiled = compile(schema)
  const one = contract({ name: 'one', input: schema }).implement((given) => given.age)
  const both = contract({ name: 'both', input: schema, output: schema }).implement((given) => given)
  const zod = z.function({ input: [schema], output: z.int() }).implement((given) => given.age)
  const rarely = contract({ name: 'rarely', input: schema }, { mode: sample(0) }).implement((given) => given.age)
  return toTable('A call, ns', samples, {
    'compiled check alone': () => compiled.check(value),
    'contract, input': () => one(value),
    'contract, input and output': () => both(value),
    'contract, sample(0)': () => rarely(value),
    'zod function, input and output': () => zod(value),
  })
}

async function models(samples: number): Promise<Table> {
  const compiled = compile(schema)
  const Model = defineModel('Model', schema.shape)
  const instance = Model.create(value)
  return toTable('An instance, ns', samples, {
    'compiled check alone': () => compiled.check(value),
    'model.check': () => Model.check(value),
    'model.update, one field': () => Model.update(instance, { age: 37 }),
    'model.serialize': () => Model.serialize(instance),
  })
}

/** Ten fields, made anew each time. */
function fields(): Record<string, z.ZodType> {
  return Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`field${index}`, index % 2 ? z.string() : z.number()]),
  )
}

async function making(samples: number): Promise<Table> {
  let count = 0
  const data = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`field${index}`, index % 2 ? 'text' : index]),
  )
  const [model, bare] = await measure(
    {
      'defineModel and one check': () => defineModel(`Model${count++}`, fields()).check(data),
      'z.object and one safeParse': () => z.object(fields()).safeParse(data),
    },
    { samples },
  )
  return {
    title: 'Models made at run time, 10 fields, µs each',
    columns: ['', 'median', 'ratio'],
    rows: [bare, model].map((row) => [
      row?.name ?? '',
      (row?.median ?? Number.NaN) * 1000,
      (row?.median ?? 0) / (bare?.median ?? 1),
    ]),
  }
}

async function toTable(
  title: string,
  samples: number,
  candidates: Readonly<Record<string, () => unknown>>,
): Promise<Table> {
  const results = await measure(candidates, { samples })
  const first = results[0]?.median ?? Number.NaN
  return {
    title,
    columns: ['', 'median', 'ratio'],
    rows: results.map(({ name, median }) => [name, median * 1e6, median / first]),
  }
}
