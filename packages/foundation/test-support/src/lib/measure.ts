import { describeValue } from '@empire/errors'

/** What came out for one candidate. */
export interface Measurement {
  readonly name: string
  /** Milliseconds per call. */
  readonly median: number
  /** Milliseconds per call in the best sample: what the machine can do when nothing disturbs it. */
  readonly fastest: number
  /** The median relative to that of the first candidate: 2 is twice as slow. */
  readonly ratio: number
}

/** How candidates are measured. */
export interface MeasureOptions {
  /** How often each candidate is measured. Default: 15. */
  readonly samples?: number | undefined
  /** A sample repeats the call until it takes this many milliseconds. Default: 5. */
  readonly sampleTime?: number | undefined
  /** Milliseconds. Default: `performance.now`. */
  readonly now?: (() => number) | undefined
}

interface Candidate {
  readonly name: string
  readonly sample: (calls: number) => number | Promise<number>
  readonly times: number[]
  readonly calls: number
}

const mostCalls = 1e9

/**
 * Measures candidates in turns, so that what slows the machine for a while slows all of them, and compares medians.
 *
 * Each is called to warm up until a sample is long enough for the clock. One that returns a promise is awaited at each call.
 */
export async function measure(
  candidates: Readonly<Record<string, () => unknown>>,
  options: MeasureOptions = {},
): Promise<Measurement[]> {
  const { samples = 15, sampleTime = 5, now = () => performance.now() } = options
  if (typeof candidates !== 'object' || candidates === null) {
    throw new TypeError(`"candidates" must be an object with functions, got ${describeValue(candidates)}.`)
  }
  if (!Number.isSafeInteger(samples) || samples < 1) {
    throw new TypeError(`"samples" must be a whole number of at least 1, got ${describeValue(samples)}.`)
  }
  if (!(sampleTime >= 0 && sampleTime < Infinity)) {
    throw new TypeError(`"sampleTime" must be a number of milliseconds, got ${describeValue(sampleTime)}.`)
  }
  const measured: Candidate[] = []
  for (const [name, run] of Object.entries(candidates)) {
    if (typeof run !== 'function') {
      throw new TypeError(`"candidates" must hold functions, got ${describeValue(run)} for "${name}".`)
    }
    measured.push(await prepare(name, run, sampleTime, now))
  }

  for (let round = 0; round < samples; round++) {
    // Each round begins with another candidate: none always runs after the one that leaves the most garbage.
    const first = round % Math.max(1, measured.length)
    for (const { calls, sample, times } of [...measured.slice(first), ...measured.slice(0, first)]) {
      times.push((await sample(calls)) / calls)
    }
  }
  const reference = median(measured[0]?.times ?? [])
  return measured.map(({ name, times }) => ({
    name,
    median: median(times),
    fastest: times.reduce((least, time) => Math.min(least, time)),
    ratio: median(times) / reference,
  }))
}

async function prepare(name: string, run: () => unknown, sampleTime: number, now: () => number): Promise<Candidate> {
  const first = run()
  const sample = isThenable(first) ? sampleAsync : sampleSync
  await first
  let calls = 1
  let time = await sample(calls)
  while (time < sampleTime && calls < mostCalls) {
    const estimate = time > 0 ? Math.ceil((calls * sampleTime) / time) : calls * 10
    calls = Math.min(Math.max(estimate, calls * 2), calls * 10, mostCalls)
    time = await sample(calls)
  }
  return { name, sample, times: [], calls }

  function sampleSync(count: number): number {
    const start = now()
    for (let call = 0; call < count; call++) run()
    return now() - start
  }

  async function sampleAsync(count: number): Promise<number> {
    const start = now()
    for (let call = 0; call < count; call++) await run()
    return now() - start
  }
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

/** The middle value; the mean of the two middle ones if their number is even. `NaN` of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}
