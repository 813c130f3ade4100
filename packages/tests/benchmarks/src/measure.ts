/** What came out for one candidate. */
export interface Measurement {
  name: string
  /** Milliseconds per call. */
  median: number
  /** Milliseconds per call in the best sample: what the machine can do when nothing disturbs it. */
  fastest: number
  /** Median relative to the first candidate: 2 is twice as slow. */
  ratio: number
}

export interface CompareOptions {
  /** How often each candidate is measured. Default: 15. */
  samples?: number | undefined
  /** Each sample repeats the call until it takes this many milliseconds. Default: 5. */
  sampleTime?: number | undefined
  /** Milliseconds. Default: `performance.now`. */
  now?: (() => number) | undefined
}

interface Candidate {
  readonly name: string
  readonly sample: (calls: number) => number | Promise<number>
  readonly times: number[]
  calls: number
}

/**
 * Measures candidates in turns, so that what slows the machine for a while slows all of them.
 *
 * Each candidate is called once to warm up, and then until a sample is long enough for the clock. A candidate that
 * returns a promise is awaited at each call.
 */
export async function compare(
  candidates: Readonly<Record<string, () => unknown>>,
  { samples = 15, sampleTime = 5, now = () => performance.now() }: CompareOptions = {},
): Promise<Measurement[]> {
  const measured: Candidate[] = []
  for (const [name, run] of Object.entries(candidates)) measured.push(await calibrate(name, run, sampleTime, now))
  for (let round = 0; round < samples; round++) {
    // Each round begins with another candidate: none always runs after the one that leaves the most garbage.
    for (let turn = 0; turn < measured.length; turn++) {
      const candidate = measured[(round + turn) % measured.length]
      if (candidate !== undefined) candidate.times.push((await candidate.sample(candidate.calls)) / candidate.calls)
    }
  }
  const reference = median(measured[0]?.times ?? [])
  return measured.map(({ name, times }) => ({
    name,
    median: median(times),
    fastest: Math.min(...times),
    ratio: median(times) / reference,
  }))
}

async function calibrate(name: string, run: () => unknown, sampleTime: number, now: () => number): Promise<Candidate> {
  const first = run()
  const sample = first instanceof Promise ? asyncSample : syncSample
  await first
  let calls = 1
  let time = await sample(calls)
  while (time < sampleTime && calls < 1e9) {
    const estimate = time > 0 ? Math.ceil((calls * sampleTime) / time) : calls * 10
    calls = Math.min(Math.max(estimate, calls * 2), calls * 10)
    time = await sample(calls)
  }
  return { name, sample, times: [], calls }

  function syncSample(count: number): number {
    const start = now()
    for (let call = 0; call < count; call++) run()
    return now() - start
  }

  async function asyncSample(count: number): Promise<number> {
    const start = now()
    for (let call = 0; call < count; call++) await run()
    return now() - start
  }
}

/** The middle value; the mean of the two middle ones if their number is even. `NaN` of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}
