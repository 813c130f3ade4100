import { contentHash, createMemoryStore } from '@empire/record'
import { createManualClock } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createAudit } from '../audit/create-audit.ts'
import { readAudit } from '../audit/read-audit.ts'
import { createMemoryJournal } from '../create-memory-journal.ts'
import { definePipeline } from '../define-pipeline.ts'
import type { Pipeline } from '../pipeline.ts'
import type { RunOptions } from '../run-options.ts'
import { explain } from './explain.ts'
import { explainHtml } from './explain-html.ts'
import type { ExplainedRun } from './explained-run.ts'

interface Runnable {
  run(input: string, options?: RunOptions): Promise<unknown>
}

/** Lines 3 to 13. */
const tableOf = (run: ExplainedRun): string[] => explain(run).split('\n').slice(2, 13)

/** Steps that take so many milliseconds, and runs of them from noon on, audited and in a journal. */
function setUp() {
  const clock = createManualClock({ now: Date.UTC(2026, 0, 1, 12) })
  const journal = createMemoryJournal()
  const store = createMemoryStore()
  const observers = [createAudit({ store, actor: 'ada@example.com' })]
  return {
    clock,
    take:
      <Value>(milliseconds: number, value?: Value) =>
      async ({ signal }: { signal: AbortSignal }) => {
        await clock.sleep(milliseconds, { signal })
        return value
      },
    fail:
      (milliseconds: number, message: string) =>
      async ({ signal }: { signal: AbortSignal }): Promise<never> => {
        await clock.sleep(milliseconds, { signal })
        throw new Error(message)
      },
    async run(pipeline: Runnable, suspend?: AbortSignal) {
      const options = { runId: 'monday', journal, observers, clock, suspend, random: () => 0.5 }
      let isSettled = false
      const settled = pipeline.run('x', options).then(
        () => (isSettled = true),
        () => (isSettled = true),
      )
      for (;;) {
        await Promise.race([settled, clock.whenWaiting()])
        if (isSettled) break
        await clock.advance(1000)
      }
      const [audited, journalled] = [await readAudit(store, 'monday'), await journal.read('monday')]
      if (audited === undefined || journalled === undefined) throw new Error('The run was not kept.')
      return { audited, journalled }
    },
  }
}

/** Branches, a pipeline inside, a map, and a step that is skipped. */
function runReport() {
  const { take, run } = setUp()
  const pages = definePipeline<number>('pages')
    .step('open', { run: take(50) })
    .step('read', { needs: ['open'], run: take(150, 'text') })
    .step('close', { needs: ['read'], run: take(50) })
  const pipeline = definePipeline<string>('report')
    .step('fetch', { run: take(300, 3) })
    .use('pages', { needs: ['fetch'], pipeline: pages, input: ({ needs }) => needs.fetch ?? 0 })
    .step('links', { needs: ['fetch'], run: take(450) })
    .map('images', { needs: ['links'], over: () => ['a', 'b', 'c'], run: take(100), concurrency: 2 })
    .step('mail', { needs: ['links'], when: () => false, run: take(1) })
    .step('write', { needs: ['pages', 'images', 'mail'], run: take(200) })
    .step('log', { run: take(1200) })
  return run(pipeline)
}

/** A rollback in which something has to be left. */
function runOrder() {
  const { clock, take, fail, run } = setUp()
  const pipeline = definePipeline<string>('order')
    .step('reserve', { run: take(300), compensate: take(200) })
    .map('parcels', {
      needs: ['reserve'],
      over: () => ['a', 'b', 'c'],
      run: async ({ index, signal }) => {
        await clock.sleep(index * 100 + 100, { signal })
        if (index === 2) throw new Error('too heavy')
      },
      compensate: async ({ index, signal }) => {
        await clock.sleep(100, { signal })
        if (index === 1) throw new Error('carrier is <closed>')
      },
    })
    .step('invoice', { needs: ['reserve'], run: take(100), irreversible: true })
    .step('charge', { needs: ['parcels', 'invoice'], run: fail(100, 'never') })
    .step('wait', { run: take(5000) })
    .step('thank', { needs: ['charge'], run: take(1) })
  return run(pipeline)
}

describe('explain', () => {
  it('draws branches, pipelines inside, maps and steps that were skipped', async () => {
    const { audited } = await runReport()
    expect(explain(audited)).toBe(`Pipeline report, run monday: completed
Begun 2026-01-01T12:00:00.000Z by ada@example.com; took 1.2 s

                0                                              1.2 s
●       fetch   █████████████                                           300 ms  completed
├─●     pages                ███████████                                250 ms  completed
│ │ ●   open                 ██                                          50 ms  completed
│ │ ●   read                   ███████                                  150 ms  completed
│ │ ●   close                        ███                                 50 ms  completed
● │     links                ████████████████████                       450 ms  completed
├─│─●   images                                  █████████               200 ms  completed, 3 items
○ │ │   mail                                                                    skipped
●─┴─╯   write                                            █████████      200 ms  completed
      ● log     ████████████████████████████████████████████████████     1.2 s  completed
`)
  })

  it('draws what was undone, and names what was not', async () => {
    const { audited } = await runOrder()
    expect(explain(audited)).toBe(`Pipeline order, run monday: stopped, and not all was undone
Begun 2026-01-01T12:00:00.000Z by ada@example.com; took 900 ms

                  0               900 ms
●     reserve     ███████          ░░░░░    300 ms  completed, undone
├─✗   parcels            ████████           300 ms  failed, 2 of 3 items
│ │   parcels[1]         █████  ░░░         200 ms  completed, not undone: its compensation failed
│ │   parcels[2]         ███████░░░         300 ms  failed, undone
● │   invoice            ███                100 ms  completed, not undone: irreversible
·─╯   charge                                        not started
│   ◌ wait        ███████████████           600 ms  aborted
·     thank                                         not started
                  █ at work   ░ being undone

Rolled back from 600 ms on: step_failed: Step "parcels[2]" of pipeline "order" failed: too heavy. Not started: "charge", "thank".

Errors
  parcels[1]: when it was undone: Error: carrier is <closed>
  parcels[2]: Error: too heavy
`)
  })

  it('gets the same from a journal', async () => {
    const { audited, journalled } = await runOrder()
    expect(tableOf(journalled)).toEqual(tableOf(audited))
  })

  it('leaves out the time in which a run was not at work', async () => {
    const { clock, take, run } = setUp()
    const leaving = new AbortController()
    let attempts = 0
    const pipeline = definePipeline<string>('p')
      .step('a', { run: take(100) })
      .step('b', {
        needs: ['a'],
        run: async (context) => {
          await take(100)(context)
          if (++attempts === 1) leaving.abort()
          context.signal.throwIfAborted()
        },
      })
    expect(explain((await run(pipeline, leaving.signal)).audited)).toContain('run monday: suspended, to be resumed\n')
    await clock.advance(3_600_000)
    expect(explain((await run(pipeline)).audited, { width: 60 })).toBe(`Pipeline p, run monday: completed
Begun 2026-01-01T12:00:00.000Z by ada@example.com; took 300 ms, without 1 h 0 min in which nothing was at work

     0         300 ms
● a  █████               100 ms  completed
● b       ███████████    200 ms  completed after 2 attempts
`)
  })

  it('says what is known of a run that has not ended', async () => {
    const { journalled } = await runReport()
    const entries = journalled.entries.slice(0, 6)
    expect(explain({ ...journalled, entries })).toBe(`Pipeline report, run monday: not ended
Begun 2026-01-01T12:00:00.000Z; took 300 ms

                0                                                    300 ms
●       fetch   ███████████████████████████████████████████████████████████    300 ms  completed
├─◐     pages                                                             █      0 ms  running
│ │ ◐   open                                                              █      0 ms  running
│ │ ·   read                                                                           not started
│ │ ·   close                                                                          not started
◐ │     links                                                             █      0 ms  running
├─│─·   images                                                                         not started
· │ │   mail                                                                           not started
·─┴─╯   write                                                                          not started
      ◐ log     ███████████████████████████████████████████████████████████    300 ms  running
`)
  })

  it('names the needs where there are too many lines to draw', async () => {
    const { take, run } = setUp()
    let wide: Pipeline<string, Record<string, unknown>> = definePipeline<string>('wide')
    const names = Array.from({ length: 20 }, (_, at) => `s${at}`)
    for (const name of names) wide = wide.step(name, { run: take(10) })
    const { audited } = await run(wide.step('all', { needs: names, run: take(10) }))
    expect(explain(audited)).toContain('completed, needs s0, s1, s2 and 17 more\n')
  })

  it('shows names that a terminal would obey as what they are, and cuts long ones', async () => {
    const { take, run } = setUp()
    const pipeline = definePipeline<string>('p\u001B[31m\n')
      .step('\u001B(0title\u0007', { run: take(1) })
      .step('a very long name that goes on and on and on', { run: take(1) })
      .step('日本語', { run: take(1) })
    const text = explain((await run(pipeline)).audited)
    // oxlint-disable-next-line no-control-regex -- there must be none
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/)
    expect(text).toContain('a very long name that goes on a…')
    const columns = text
      .split('\n')
      .filter((line) => line.includes('█'))
      .map((line) => line.indexOf('█'))
    expect(columns[2]).toBe((columns[1] ?? 0) - 3)
  })

  it('draws 10,000 steps, also when each needs all that come before it in pairs', async () => {
    const steps = Array.from({ length: 10_000 }, (_, at) => ({
      name: `s${at}`,
      kind: 'step' as const,
      needs: at < 2 ? [] : [`s${at - 1}`, `s${at - 2}`],
    }))
    const run = { runId: 'r', pipeline: 'p', shape: { name: 'p', steps }, at: 0 }
    expect(explain({ run, entries: [] }).split('\n')).toHaveLength(10_005)
    expect(explainHtml({ run, entries: [] })).toContain('s9999')
  })

  it.each([
    [undefined, 'got undefined'],
    [{ run: {}, entries: [] }, 'got an object'],
  ])('refuses what is no run: %o', (run, got) => {
    const message = `explain: "run" must be what a journal or readAudit() gives, with "run" and "entries", ${got}.`
    expect(() => explain(run as never)).toThrow(new TypeError(message))
  })
})

describe('explainHtml', () => {
  it('escapes all that comes from the run, and needs nothing from elsewhere', async () => {
    const { run } = setUp()
    const hostile = `"><script src='https://example.com'>&`
    const pipeline = definePipeline<string>(hostile).step(hostile.replaceAll('/', ''), {
      run: () => Promise.reject(new Error(hostile)),
    })
    const page = explainHtml((await run(pipeline)).audited)
    expect(page).not.toContain('<script')
    expect(page).not.toMatch(/\b(?:src|href|url)\b\s*[=(]\s*["']?https?:/)
    expect(page).toContain('&quot;&gt;&lt;script src=&#39;https://example.com&#39;&gt;&amp;')
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  })

  it('has the hashes of an audit, or why there is none, and no values of a journal', async () => {
    const { run } = setUp()
    const pipeline = definePipeline<string>('hashed')
      .step('read', { run: () => 'the secret plan' })
      .step('open', { needs: ['read'], run: () => 1 })
    const { audited, journalled } = await run(pipeline)
    const page = explainHtml(audited)
    expect(page).toContain(
      `<tr><th scope="row">step-end read</th><td>output</td><td><code>${contentHash('the secret plan')}</code></td></tr>`,
    )
    expect(page).toContain(
      `<tr><th scope="row"></th><td>read</td><td><code>${contentHash('the secret plan')}</code></td></tr>`,
    )
    expect(explainHtml(journalled)).not.toMatch(/Audit|secret plan/)
    const unhashed = [{ type: 'step-end', at: 0, key: 'read', attempt: 2, output: { unhashed: '<no JSON>' } }]
    const entries = [{ type: 'step-start', at: 0, key: 'read', inputs: {} }, ...unhashed]
    expect(explainHtml({ ...audited, entries })).toContain(
      '<tr><th scope="row">step-end read, attempt 2</th><td>output</td><td>none: &lt;no JSON&gt;</td></tr>',
    )
  })
})
