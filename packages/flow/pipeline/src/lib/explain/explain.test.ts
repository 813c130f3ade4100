import { createMemoryStore } from '@empire/record'
import { createManualClock, type ManualClock } from '@empire/test-support'
import { beforeAll, describe, expect, it } from 'vitest'
import { createAudit } from '../audit/create-audit.ts'
import { readAudit } from '../audit/read-audit.ts'
import { createMemoryJournal } from '../create-memory-journal.ts'
import { definePipeline } from '../define-pipeline.ts'
import { resume } from '../resume.ts'
import type { StoredRun } from '../journal.ts'
import { writeFileSync } from 'node:fs'
import { explainHtml } from './explain-html.ts'
import { explain } from './explain.ts'
import type { ExplainedRun } from './explained-run.ts'

const noon = Date.UTC(2026, 0, 1, 12)

/** Runs a pipeline with steps that take so many milliseconds, audited and in a journal. */
function setUp() {
  const clock: ManualClock = createManualClock({ now: noon })
  const journal = createMemoryJournal()
  const store = createMemoryStore()
  const take =
    <Value>(milliseconds: number, value?: Value) =>
    async ({ signal }: { signal: AbortSignal }) => {
      await clock.sleep(milliseconds, { signal })
      return value
    }
  const fail =
    (milliseconds: number, message: string) =>
    async ({ signal }: { signal: AbortSignal }): Promise<never> => {
      await clock.sleep(milliseconds, { signal })
      throw new Error(message)
    }
  const audit = createAudit({ store, actor: 'ada@example.com' })
  const options = { runId: 'monday', journal, observers: [audit], clock, random: () => 0.5 }
  return { clock, take, fail, journal, store, options }
}

type SetUp = ReturnType<typeof setUp>

/** Lets the time pass in which the run goes on, and gives what the audit has of it. */
async function settle(run: Promise<unknown>, { clock, store }: SetUp): Promise<ExplainedRun> {
  let isSettled = false
  const settled = run.then(
    () => (isSettled = true),
    () => (isSettled = true),
  )
  while (!isSettled) {
    await Promise.race([settled, clock.whenWaiting()])
    await clock.advance(1000)
  }
  await settled
  const audited = await readAudit(store, 'monday')
  if (audited === undefined) throw new Error('There is no audit.')
  return audited
}

function report(given: SetUp) {
  const { take, options } = given
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
  return settle(pipeline.run('x', options), given)
}

describe('explain', () => {
  it('x', async () => {
    const rep = await report(setUp())
    console.log(explain(rep))
    writeFileSync('/tmp/7p2-report.html', explainHtml(rep))
    const given = setUp()
    const { take, fail, options } = given
    const order = definePipeline<string>('order')
      .step('reserve', { run: take(300), compensate: take(200) })
      .map('parcels', {
        needs: ['reserve'],
        over: () => [1, 2, 3],
        run: async (context) => {
          await take(context.index * 100 + 100)(context)
          if (context.index === 2) throw new Error('too heavy')
        },
        compensate: async (context) => {
          await take(100)(context)
          if (context.index === 1) throw new Error('carrier is closed')
        },
      })
      .step('invoice', { needs: ['reserve'], run: take(100), irreversible: true })
      .step('charge', { needs: ['parcels', 'invoice'], run: fail(100, 'card declined') })
      .step('wait', { run: take(5000) })
      .step('thank', { needs: ['charge'], run: take(1) })
    const ord = await settle(order.run('x', options), given)
    console.log(explain(ord))
    writeFileSync('/tmp/7p2-order.html', explainHtml(ord))
    console.log(explain((await given.journal.read('monday')) as StoredRun))
  })
})
void [beforeAll, expect, resume]
