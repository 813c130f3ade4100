import { createBreaker, createLimiter, retry } from '@empire/resilience'
import { measure } from '@empire/test-support/measure'
import { circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel'
import CircuitBreaker from 'opossum'
import type { Table } from './table.ts'

export const description = 'What a breaker, a limiter and a retry cost beyond the task, which does nothing.'

const hour = 3_600_000
const failure = new Error('down')

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const samples = quick ? 5 : 61
  return [await closed(samples), await open(samples), await others(samples), await line(quick ? 3 : 15)]
}

async function task(): Promise<number> {
  return 1
}

async function fail(): Promise<never> {
  throw failure
}

async function closed(samples: number): Promise<Table> {
  const bare = new CircuitBreaker(task, { timeout: false })
  const cockatiel = circuitBreaker(handleAll, { halfOpenAfter: hour, breaker: new ConsecutiveBreaker(5) })
  const ours = createBreaker()
  const candidates = {
    'bare opossum': () => bare.fire(),
    '@empire/resilience': () => ours.run(task),
    cockatiel: () => cockatiel.execute(task),
    'the task alone': task,
  }
  const table = await toTable('Breaker closed, µs per call', candidates, samples)
  bare.shutdown()
  return table
}

async function open(samples: number): Promise<Table> {
  const bare = new CircuitBreaker(fail, { timeout: false, resetTimeout: hour })
  const cockatiel = circuitBreaker(handleAll, { halfOpenAfter: hour, breaker: new ConsecutiveBreaker(1) })
  const ours = createBreaker({ minimumCalls: 1, resetAfter: hour })
  await Promise.allSettled([bare.fire(), cockatiel.execute(fail), ours.run(fail)])
  const candidates = {
    'bare opossum': () => bare.fire().catch(ignore),
    '@empire/resilience': () => ours.run(fail).catch(ignore),
    cockatiel: () => cockatiel.execute(fail).catch(ignore),
  }
  const table = await toTable('Breaker open, µs per refused call', candidates, samples)
  bare.shutdown()
  return table
}

async function others(samples: number): Promise<Table> {
  const limiter = createLimiter({ concurrency: 10, tokens: { limit: 1e15, interval: 1 } })
  const candidates = {
    'the task alone': task,
    'retry, first attempt succeeds': () => retry(task),
    'limiter.run, no wait': () => limiter.run(task, { tokens: 1 }),
  }
  return toTable('Nothing goes wrong, µs per call', candidates, samples)
}

async function line(samples: number): Promise<Table> {
  const limiters = [1000, 10_000, 100_000].map((callers) => ({ callers, limiter: createLimiter({ concurrency: 10 }) }))
  const rows: [string, number][] = []
  for (const { callers, limiter } of limiters) {
    const all = (): Promise<unknown> => Promise.all(Array.from({ length: callers }, () => limiter.run(task)))
    const [measured] = await measure({ all }, { samples })
    rows.push([`${callers} callers`, ((measured?.median ?? Number.NaN) * 1000) / callers])
  }
  return { title: 'Limiter of 10 at a time, all callers at once, µs per call', columns: ['', 'median'], rows }
}

async function toTable(
  title: string,
  candidates: Readonly<Record<string, () => unknown>>,
  samples: number,
): Promise<Table> {
  const measured = await measure(candidates, { samples })
  return {
    title,
    columns: ['', 'median', 'best', 'ratio'],
    rows: measured.map(({ name, median, fastest, ratio }) => [name, median * 1000, fastest * 1000, ratio]),
  }
}

function ignore(): void {}
