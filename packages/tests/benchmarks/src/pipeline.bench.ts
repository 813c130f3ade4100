import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createMemoryJournal, definePipeline, type Journal, type Pipeline, type RunObserver } from '@empire/pipeline'
import { createAudit } from '@empire/pipeline/audit'
import { createSqliteJournal } from '@empire/pipeline/sqlite'
import { createMemoryStore } from '@empire/record'
import { temporaryDirectory } from '@empire/test-support'
import { measure } from '@empire/test-support/measure'
import { importCost, importTime } from './import-time.ts'
import { recordTelemetry } from './record-telemetry.ts'
import type { Table } from './table.ts'
import { langGraph, mastra } from './workflow-peers.ts'

export const description =
  'What a pipeline costs beyond the steps that it runs: 100 asynchronous steps that do nothing; ours, LangGraph, Mastra.'

const count = 100

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const samples = quick ? 3 : 31
  return [await overhead(samples), await imports(quick ? 3 : 15)]
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

/** What keeps its runs is made anew now and then: it is the runs that are measured, not what thousands of them take up. */
function withJournal(create: () => Journal, pipeline: Untyped): () => Promise<unknown> {
  let journal = create()
  let runs = 0
  return async () => {
    if (++runs % 500 === 0) {
      await journal.close()
      journal = create()
    }
    return pipeline.run(undefined, { journal })
  }
}

const memoryAudit = (): RunObserver => createAudit({ store: createMemoryStore(), actor: 'ada' })

/** As with journals, the store is made anew now and then. */
function withAudit(pipeline: Untyped): () => Promise<unknown> {
  let observers = [memoryAudit()]
  let runs = 0
  return () => {
    if (++runs % 500 === 0) observers = [memoryAudit()]
    return pipeline.run(undefined, { observers })
  }
}

async function overhead(samples: number): Promise<Table> {
  await using directory = temporaryDirectory()
  let files = 0
  const sqlite = (): Journal => createSqliteJournal({ path: directory.join(`${files++}.sqlite`) })
  const peers = { graph: langGraph(count), workflow: mastra(count) }
  const shapes = [
    { bare: bareChain, pipeline: chain(), graph: peers.graph.chain, workflow: peers.workflow.chain },
    { bare: bareWide, pipeline: wide(), graph: peers.graph.wide, workflow: peers.workflow.wide },
  ]
  const times = new Map<string, number[]>()
  const note = (name: string, time: number): unknown => times.set(name, [...(times.get(name) ?? []), time * 1000])
  for (const { bare, pipeline, graph, workflow } of shapes) {
    const candidates = {
      'bare promises': bare,
      '@empire/pipeline': () => pipeline.run(),
      '@empire/pipeline, with a listener': () => pipeline.run(undefined, { onEvent }),
      '@empire/pipeline, audit in memory': withAudit(pipeline),
      '@empire/pipeline, journal in memory': withJournal(createMemoryJournal, pipeline),
      '@empire/pipeline, journal in SQLite': withJournal(sqlite, pipeline),
      Mastra: workflow,
      LangGraph: graph,
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
    notes: [
      'Each audited or journalled step is written twice, and waited for: before it begins and when it has ended.',
    ],
  }
}

async function imports(samples: number): Promise<Table> {
  const form = {
    packages: [
      'foundation/redaction',
      'foundation/errors',
      'foundation/clock',
      'foundation/telemetry',
      'foundation/record',
      'foundation/resilience',
      'flow/pipeline',
    ],
    libraries: librariesOf('@empire/resilience', ['opossum', 'p-queue']),
  }
  const rows: [string, number, number][] = []
  const ours = await importTime('@empire/pipeline', form, samples)
  rows.push(['@empire/pipeline', ours.time, ours.memory])
  for (const [name, specifier] of [
    ['Mastra', '@mastra/core/workflows'],
    ['LangGraph', '@langchain/langgraph'],
  ] as const) {
    const { time, memory } = await importCost(specifier, import.meta.dirname, samples)
    rows.push([name, time, memory])
  }
  return {
    title: 'Import in a fresh process',
    columns: ['', 'ms', 'MB more'],
    rows,
    notes: ['From built JavaScript. MB: the resident set after the import, less that before.'],
  }
}

/** Where libraries are installed that a package wraps. */
function librariesOf(wrapper: string, names: readonly string[]): Record<string, string> {
  const fromPipeline = createRequire(createRequire(import.meta.url).resolve('@empire/pipeline'))
  const fromWrapper = fromPipeline.resolve(wrapper)
  return Object.fromEntries(names.map((name) => [name, join(packageFolder(fromWrapper), 'node_modules', name)]))
}

function packageFolder(door: string): string {
  return dirname(dirname(door))
}
