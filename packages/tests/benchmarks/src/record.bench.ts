import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  canonicalJson,
  contentHash,
  createJsonlStore,
  createMemoryStore,
  createRunRecorder,
  createSqliteStore,
  type RecordStore,
  type Step,
  verify,
} from '@empire/record'
import { measure, median } from '@empire/test-support/measure'
import type { Table } from './table.ts'

export const description = 'What it costs to record the steps of a run, to verify them, and to write canonical JSON.'

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  return [await recording(quick ? 2000 : 20_000, quick ? 3 : 9), await canonical(quick ? 3 : 31)]
}

const groupSize = 100

function stepOf(index: number): Step {
  return {
    kind: 'tool',
    inputs: { question: 'What is the weather in Paris today?', index },
    output: { text: `It is sunny, and ${index} degrees.` },
    meta: { milliseconds: 3 },
  }
}

async function recording(count: number, samples: number): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'empire-bench-'))
  const stores: Record<string, (sample: number) => RecordStore> = {
    memory: () => createMemoryStore(),
    'JSON Lines': (sample) => createJsonlStore({ path: join(folder, `${sample}.jsonl`) }),
    SQLite: (sample) => createSqliteStore({ path: join(folder, `${sample}.db`) }),
  }
  const times = new Map(Object.keys(stores).map((name) => [name, { record: [] as number[], verify: [] as number[] }]))
  try {
    for (let sample = 0; sample < samples; sample++) {
      for (const [name, create] of Object.entries(stores)) {
        const store = create(sample)
        const recorder = createRunRecorder({ store })
        const start = performance.now()
        for (let first = 0; first < count; first += groupSize) {
          await Promise.all(Array.from({ length: groupSize }, (_, index) => recorder.record(stepOf(first + index))))
        }
        const end = performance.now()
        await verify(store)
        times.get(name)?.record.push(end - start)
        times.get(name)?.verify.push(performance.now() - end)
        await store.close()
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return {
    title: `${count} steps of about 200 bytes, recorded in groups of ${groupSize}`,
    columns: ['store', 'µs per step', 'best', 'steps/s', 'verify, µs per step'],
    rows: [...times].map(([name, { record, verify: verified }]) => [
      name,
      (median(record) / count) * 1000,
      (Math.min(...record) / count) * 1000,
      Math.round((count / median(record)) * 1000),
      (median(verified) / count) * 1000,
    ]),
  }
}

async function canonical(samples: number): Promise<Table> {
  const { inputs } = stepOf(1)
  const conversation = Array.from({ length: 50 }, (_, id) => ({
    role: 'user',
    content: 'Hello, this is some text of a message. '.repeat(20),
    id,
    meta: { score: 1.5, pinned: true },
  }))
  const rows: (string | number)[][] = []
  for (const [name, value] of [
    ['small object', inputs],
    ['50 messages, 45 kB', conversation],
  ] as const) {
    const [native, ours, hash] = await measure(
      {
        'JSON.stringify': () => JSON.stringify(value),
        canonicalJson: () => canonicalJson(value),
        contentHash: () => contentHash(value),
      },
      { samples },
    )
    for (const each of [native, ours, hash]) {
      if (each !== undefined) rows.push([`${name}: ${each.name}`, each.median * 1000, each.ratio])
    }
  }
  return { title: 'Canonical JSON', columns: ['', 'µs', 'ratio'], rows }
}
