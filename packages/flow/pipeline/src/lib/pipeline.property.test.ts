import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import type { Pipeline } from './pipeline.ts'
import type { PipelineEvent } from './pipeline-event.ts'

interface Shape {
  /** Earlier steps that it needs. */
  readonly needs: number[]
  /** How many turns of the microtask queue it takes; none answers at once. */
  readonly turns: number
  readonly heedsSignal: boolean
}

const graphs: fc.Arbitrary<Shape[]> = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(), { maxLength: 3 }),
      turns: fc.nat({ max: 4 }),
      heedsSignal: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((steps) =>
    steps.map((step, position) => ({
      ...step,
      needs: position === 0 ? [] : [...new Set(step.needs.map((need) => need % position))],
    })),
  )

type Untyped = Pipeline<void, Record<string, unknown>>

interface Journal {
  readonly pipeline: Untyped
  /** `+3` when step 3 starts, `-3` when it has settled. */
  readonly log: string[]
}

function build(shapes: readonly Shape[], act: (step: number) => void = () => undefined): Journal {
  const log: string[] = []
  let pipeline: Untyped = definePipeline('graph')
  for (const [step, { needs, turns, heedsSignal }] of shapes.entries()) {
    const finish = (): number => {
      log.push(`-${step}`)
      act(step)
      return step
    }
    const work = async (signal: AbortSignal): Promise<number> => {
      for (let turn = 0; turn < turns; turn++) {
        await Promise.resolve()
        if (heedsSignal && signal.aborted) {
          log.push(`-${step}`)
          throw signal.reason
        }
      }
      return finish()
    }
    pipeline = pipeline.step(`${step}`, {
      needs: needs.map(String),
      run: ({ needs: outputs, signal }) => {
        log.push(`+${step}`)
        expect(outputs).toEqual(Object.fromEntries(needs.map((need) => [need, need])))
        return turns === 0 ? finish() : work(signal)
      },
    })
  }
  return { pipeline, log }
}

function dependants(shapes: readonly Shape[], origin: number): Set<number> {
  const found = new Set([origin])
  for (const [step, { needs }] of shapes.entries()) if (needs.some((need) => found.has(need))) found.add(step)
  found.delete(origin)
  return found
}

describe('for any graph', () => {
  it('each step runs exactly once, after all that it needs', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (shapes) => {
        const { pipeline, log } = build(shapes)
        const { outputs, steps } = await pipeline.run()
        expect(outputs).toEqual(Object.fromEntries(shapes.map((_, step) => [step, step])))
        expect(steps.map(({ name, status }) => [name, status])).toEqual(
          shapes.map((_, step) => [`${step}`, 'completed']),
        )
        expect(log).toHaveLength(shapes.length * 2)
        for (const [step, { needs }] of shapes.entries()) {
          for (const need of needs) expect(log.indexOf(`-${need}`)).toBeLessThan(log.indexOf(`+${step}`))
        }
      }),
    )
  })

  it('a failure at any point starts no dependant, leaves nothing running and accounts for every step', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.nat(), async (shapes, point) => {
        const failing = point % shapes.length
        const boom = new Error('boom')
        const { pipeline, log } = build(shapes, (step) => {
          if (step === failing) throw boom
        })
        const events: PipelineEvent[] = []
        const run = pipeline.run(undefined, { onEvent: (event) => events.push(event) })
        await expect(run).rejects.toMatchObject({ code: 'step_failed', details: { step: `${failing}` }, cause: boom })
        expectSettled(log)
        for (const step of dependants(shapes, failing)) expect(log).not.toContain(`+${step}`)
        expectReported(events, log, shapes.length)
      }),
    )
  })

  it('an abort at any point leaves nothing running and rejects with its reason', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.nat(), async (shapes, point) => {
        const controller = new AbortController()
        const reason = { who: 'the user' }
        const { pipeline, log } = build(shapes, (step) => {
          if (step === point % shapes.length) controller.abort(reason)
        })
        const events: PipelineEvent[] = []
        const run = pipeline.run(undefined, { signal: controller.signal, onEvent: (event) => events.push(event) })
        await expect(run).rejects.toBe(reason)
        expectSettled(log)
        expectReported(events, log, shapes.length)
      }),
    )
  })
})

function expectSettled(log: readonly string[]): void {
  const started = log.filter((entry) => entry.startsWith('+')).map((entry) => entry.slice(1))
  const settled = log.filter((entry) => entry.startsWith('-')).map((entry) => entry.slice(1))
  expect(settled.toSorted()).toEqual(started.toSorted())
  expect(new Set(started).size).toBe(started.length)
}

const lastEvent = {
  completed: 'step-end',
  failed: 'step-failed',
  aborted: 'step-aborted',
  skipped: 'step-skipped',
} as const

function expectReported(events: readonly PipelineEvent[], log: readonly string[], count: number): void {
  const last = events.at(-1)
  const steps = last?.type === 'run-end' ? last.steps : []
  expect(steps).toHaveLength(count)
  for (const { name, status } of steps) {
    const own = events.filter((event) => 'step' in event && event.step === name).map(({ type }) => type)
    expect(own).toEqual(status === 'not-started' ? [] : ['step-start', lastEvent[status]])
    expect(log.includes(`+${name}`)).toBe(status !== 'not-started')
  }
}
