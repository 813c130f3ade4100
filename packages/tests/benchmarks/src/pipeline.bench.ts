import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { definePipeline, type Pipeline } from '@empire/pipeline'
import { compare, median } from './measure.ts'
import type { Table } from './table.ts'

export const description =
  'What a pipeline costs beyond the steps that it runs: 100 asynchronous steps that do nothing.'

const count = 100

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  return [await overhead(quick ? 3 : 31), await importTime(quick ? 3 : 15)]
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
  const inChain = chain()
  const abreast = wide()
  const chains = await compare(
    {
      'bare promises': bareChain,
      '@empire/pipeline': () => inChain.run(),
      '@empire/pipeline, with a listener': () => inChain.run(undefined, { onEvent }),
    },
    { samples },
  )
  const wides = await compare(
    {
      'bare promises': bareWide,
      '@empire/pipeline': () => abreast.run(),
      '@empire/pipeline, with a listener': () => abreast.run(undefined, { onEvent }),
    },
    { samples },
  )
  return {
    title: `${count} steps, µs per run`,
    columns: ['', 'chain', 'wide'],
    rows: chains.map(({ name, median: time }, row) => [name, time * 1000, (wides[row]?.median ?? Number.NaN) * 1000]),
  }
}

async function importTime(samples: number): Promise<Table> {
  const times: number[] = []
  const script = `const start = performance.now(); await import('@empire/pipeline'); console.log(performance.now() - start)`
  for (let sample = 0; sample < samples; sample++) {
    const args = ['--input-type=module', '--eval', script]
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname })
    times.push(Number(stdout))
  }
  return {
    title: 'Import in a fresh process, ms',
    columns: ['', 'median'],
    rows: [['@empire/pipeline', median(times)]],
  }
}
