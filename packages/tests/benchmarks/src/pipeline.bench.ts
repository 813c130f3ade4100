import { definePipeline, type Pipeline } from '@empire/pipeline'
import { measure } from '@empire/test-support/measure'
import { importTime } from './import-time.ts'
import { apiFolder, recordTelemetry } from './record-telemetry.ts'
import type { Table } from './table.ts'

export const description =
  'What a pipeline costs beyond the steps that it runs: 100 asynchronous steps that do nothing.'

const count = 100

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  return [await overhead(quick ? 3 : 31), await imports(quick ? 3 : 15)]
}

const onEvent = (): void => undefined

type Untyped = Pipeline<void, Record<string, unknown>>

async function noop(): Promise<number> {
  return 1
}

function chain(): Untyped {
  let pipeline: Untyped = definePipeline('chain')
  for (let step = 0; step < count; step++) {
    pipeline = pipeline.step(`step ${step}`, { needs: step === 0 ? [] : [`step ${step - 1}`], run: noop })
  }
  return pipeline
}

function wide(): Untyped {
  let pipeline: Untyped = definePipeline('wide')
  for (let step = 0; step < count; step++) pipeline = pipeline.step(`step ${step}`, { run: noop })
  return pipeline
}

async function bareChain(): Promise<void> {
  for (let step = 0; step < count; step++) await noop()
}

async function bareWide(): Promise<void> {
  await Promise.all(Array.from({ length: count }, noop))
}

async function overhead(samples: number): Promise<Table> {
  const shapes = [
    { bare: bareChain, pipeline: chain() },
    { bare: bareWide, pipeline: wide() },
  ]
  const times = new Map<string, number[]>()
  const note = (name: string, time: number): unknown => times.set(name, [...(times.get(name) ?? []), time * 1000])
  for (const { bare, pipeline } of shapes) {
    const candidates = {
      'bare promises': bare,
      '@empire/pipeline': () => pipeline.run(),
      '@empire/pipeline, with a listener': () => pipeline.run(undefined, { onEvent }),
    }
    for (const { name, median } of await measure(candidates, { samples })) note(name, median)
  }
  // Last: a provider that is set for the whole process must not slow the other candidates.
  recordTelemetry()
  for (const { pipeline } of shapes) {
    const candidates = { '@empire/pipeline, with recorded spans': () => pipeline.run() }
    for (const { name, median } of await measure(candidates, { samples })) note(name, median)
  }
  return {
    title: `${count} steps, µs per run`,
    columns: ['', 'chain', 'wide'],
    rows: [...times].map(([name, [inChain = Number.NaN, abreast = Number.NaN]]) => [name, inChain, abreast]),
  }
}

async function imports(samples: number): Promise<Table> {
  const form = {
    packages: ['foundation/errors', 'foundation/redaction', 'foundation/telemetry', 'flow/pipeline'],
    libraries: { '@opentelemetry/api': apiFolder },
  }
  const rows: [string, number][] = []
  for (const name of ['@opentelemetry/api', '@empire/pipeline'])
    rows.push([name, await importTime(name, form, samples)])
  return {
    title: 'Import in a fresh process, ms',
    columns: ['', 'median'],
    rows,
    notes: ['From built JavaScript. The second row includes the first.'],
  }
}
