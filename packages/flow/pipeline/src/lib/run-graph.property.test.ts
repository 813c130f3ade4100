import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryJournal } from './create-memory-journal.ts'
import { definePipeline } from './define-pipeline.ts'
import type { Journal } from './journal.ts'
import type { NotUndone } from './journal-entry.ts'
import type { Pipeline } from './pipeline.ts'
import { RollbackIncompleteError } from './rollback-incomplete-error.ts'

/** A step of a pipeline made up for a test. */
interface StepSketch {
  readonly kind: 'step' | 'map' | 'loop' | 'use'
  /** Earlier steps that it needs. */
  readonly needs: readonly number[]
  readonly effect: 'none' | 'compensate' | 'stubborn' | 'irreversible'
  /** How many turns of the microtask queue it takes before and after it acts; none answers at once. */
  readonly turns: number
  readonly heedsSignal: boolean
  readonly isSkipped: boolean
}

type AnyOutputs = Pipeline<void, Record<string, unknown>>

/** Graphs of up to 8 steps of all kinds. */
const sketches: fc.Arbitrary<StepSketch[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('step', 'step', 'map', 'loop', 'use'),
      needs: fc.array(fc.nat(), { maxLength: 3 }),
      effect: fc.constantFrom('none', 'compensate', 'compensate', 'stubborn', 'irreversible'),
      turns: fc.nat({ max: 3 }),
      heedsSignal: fc.boolean(),
      isSkipped: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((steps) =>
    steps.map((step, position) => ({
      ...step,
      needs: position === 0 ? [] : [...new Set(step.needs.map((need) => need % position))],
    })),
  )

/** What a graph does to the world. */
interface World {
  /** Idempotency keys of effects that stand. */
  readonly effects: Set<string>
  /** `run a`, `undo a`: what was called, in order, by key. */
  readonly calls: string[]
  /** Called when a unit of work acts, with its key; may throw. */
  act(key: string): void
}

const parts = 2

/** A pipeline that acts on a world as its sketch says. */
function buildSketch(steps: readonly StepSketch[], world: World): AnyOutputs {
  let pipeline: AnyOutputs = definePipeline('sketch')
  for (const [position, sketch] of steps.entries()) {
    const name = `${position}`
    const needs = sketch.needs.map(String)
    const when = sketch.isSkipped ? { when: () => false } : {}
    const work = workOf(sketch, world)
    switch (sketch.kind) {
      case 'step':
        pipeline = pipeline.step(name, { needs, ...when, ...work })
        break
      case 'map':
        pipeline = pipeline.map(name, { needs, ...when, over: () => [0, 1], ...work })
        break
      case 'loop': {
        const until = ({ turn }: { turn: number }): boolean => turn === parts - 1
        pipeline = pipeline.loop(name, { needs, ...when, initial: () => 'first', until, max: parts, ...work })
        break
      }
      case 'use': {
        const first = definePipeline('inner').step('x', work)
        pipeline = pipeline.use(name, { needs, ...when, pipeline: first.step('y', { needs: ['x'], ...work }) })
      }
    }
  }
  return pipeline
}

interface Called {
  readonly idempotencyKey: string
  readonly signal: AbortSignal
}

function workOf({ effect, turns, heedsSignal }: StepSketch, world: World) {
  const act = (key: string): string => {
    if (effect !== 'none') world.effects.add(key)
    world.act(key)
    return key
  }
  async function workSlowly(key: string, signal: AbortSignal): Promise<string> {
    const wait = async (): Promise<void> => {
      for (let turn = 0; turn < turns; turn++) {
        await Promise.resolve()
        if (heedsSignal) signal.throwIfAborted()
      }
    }
    await wait()
    act(key)
    await wait()
    return key
  }
  function run({ idempotencyKey, signal }: Called): string | Promise<string> {
    const key = keyOf(idempotencyKey)
    world.calls.push(`run ${key}`)
    return turns === 0 ? act(key) : workSlowly(key, signal)
  }
  async function compensate({ idempotencyKey }: Called): Promise<void> {
    const key = keyOf(idempotencyKey)
    world.calls.push(`undo ${key}`)
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    if (effect === 'stubborn') throw new Error('no way back')
    world.effects.delete(key)
  }
  return {
    run,
    ...(effect === 'irreversible' && { irreversible: true }),
    ...((effect === 'compensate' || effect === 'stubborn') && { compensate }),
  }
}

function keyOf(idempotencyKey: string): string {
  return idempotencyKey.slice(idempotencyKey.indexOf('/') + 1)
}

/** Every key of a graph, in the order of definition. */
function keysOf(steps: readonly StepSketch[]): string[] {
  return steps.flatMap(({ kind, isSkipped }, position) => {
    if (isSkipped) return []
    if (kind === 'step') return [`${position}`]
    return kind === 'use' ? [`${position}/x`, `${position}/y`] : [`${position}[0]`, `${position}[1]`]
  })
}

/** Whether `key` needs `other` to be done before it. */
function dependsOn(steps: readonly StepSketch[], key: string, other: string): boolean {
  const [own, before] = [positionOf(key), positionOf(other)]
  if (own === before) {
    return steps[own]?.kind !== 'map' && key > other
  }
  const seen = new Set<number>([own])
  for (const position of seen) for (const need of steps[position]?.needs ?? []) seen.add(need)
  return seen.has(before)
}

function positionOf(key: string): number {
  return Number(/^\d+/.exec(key)?.[0])
}

function createWorld(act: (key: string) => void = () => undefined): World {
  return { effects: new Set(), calls: [], act }
}

function notUndoneOf(error: unknown): readonly NotUndone[] {
  return error instanceof RollbackIncompleteError ? error.notUndone : []
}

/** Every effect that stands is named; what is named stands, or may: its work was called, and nothing undid it. */
function expectUndoneOrNamed(world: World, error: unknown): void {
  const named = notUndoneOf(error).map(({ step }) => step)
  expect(new Set(named).size).toBe(named.length)
  for (const key of world.effects) expect(named).toContain(key)
  for (const key of named) expect(world.calls).toContain(`run ${key}`)
}

/** A step was undone after all those that needed it, and after all work had ended. */
function expectReverseOrder(steps: readonly StepSketch[], calls: readonly string[]): void {
  const undone = calls.filter((call) => call.startsWith('undo ')).map((call) => call.slice('undo '.length))
  expect(new Set(undone).size).toBe(undone.length)
  for (const [position, key] of undone.entries()) {
    for (const later of undone.slice(position + 1))
      expect([key, later, dependsOn(steps, later, key)]).toEqual([key, later, false])
  }
  const firstUndo = calls.findIndex((call) => call.startsWith('undo '))
  const sinceUndo = firstUndo < 0 ? [] : calls.slice(firstUndo)
  expect(sinceUndo.filter((call) => call.startsWith('run '))).toEqual([])
}

describe('for any graph', () => {
  it('a failure at any point leaves every effect undone or named, in reverse order of the needs', async () => {
    await fc.assert(
      fc.asyncProperty(sketches, fc.nat(), async (steps, point) => {
        const keys = keysOf(steps)
        const failing = keys[point % Math.max(1, keys.length)]
        const boom = new Error('boom')
        const world = createWorld((key) => {
          if (key === failing) throw boom
        })
        const outcome: unknown = await buildSketch(steps, world)
          .run()
          .catch((error: unknown) => error)
        if (failing === undefined) return
        const cause = outcome instanceof RollbackIncompleteError ? outcome.cause : outcome
        expect(cause).toMatchObject({ code: 'step_failed', details: { step: failing }, cause: boom })
        expectUndoneOrNamed(world, outcome)
        expectReverseOrder(steps, world.calls)
      }),
    )
  })

  it('an abort at any point leaves every effect undone or named, and rejects with its reason if all is undone', async () => {
    await fc.assert(
      fc.asyncProperty(sketches, fc.nat(), async (steps, point) => {
        const keys = keysOf(steps)
        const aborting = keys[point % Math.max(1, keys.length)]
        const controller = new AbortController()
        const reason = { who: 'the user' }
        const world = createWorld((key) => {
          if (key === aborting) controller.abort(reason)
        })
        const run = buildSketch(steps, world).run(undefined, { signal: controller.signal })
        const outcome: unknown = await run.catch((error: unknown) => error)
        if (aborting === undefined) return
        expect(outcome instanceof RollbackIncompleteError ? outcome.cause : outcome).toBe(reason)
        expectUndoneOrNamed(world, outcome)
        expectReverseOrder(steps, world.calls)
        expect(world.effects.size).toBeLessThanOrEqual(notUndoneOf(outcome).length)
      }),
    )
  })

  it('a run that ends well undoes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(sketches, async (steps) => {
        const world = createWorld()
        await buildSketch(steps, world).run()
        expect(world.calls.toSorted()).toEqual(
          keysOf(steps)
            .map((key) => `run ${key}`)
            .toSorted(),
        )
      }),
    )
  })
})

/** A journal that fails at one of its appends, as if the process had been killed there. */
function crashing(journal: Journal, at: number): Journal {
  let appends = 0
  return {
    ...journal,
    async open(run) {
      const session = await journal.open(run)
      return {
        ...session,
        append(entry) {
          if (appends++ >= at) throw new Error('killed')
          return session.append(entry)
        },
      }
    },
  }
}

async function completedKeys(journal: Journal): Promise<Set<string>> {
  const stored = await journal.read('r')
  return new Set(stored?.entries.flatMap((entry) => (entry.type === 'step-end' ? [entry.key] : [])))
}

describe('for any graph and any point where it is killed', () => {
  it('a resumed run gives what one in one piece gives, and runs no completed work again', async () => {
    await fc.assert(
      fc.asyncProperty(
        sketches,
        fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 3 }),
        async (steps, kills) => {
          const whole = await buildSketch(steps, createWorld()).run(undefined, { runId: 'r' })
          const world = createWorld()
          const pipeline = buildSketch(steps, world)
          const journal = createMemoryJournal()
          for (const at of kills) {
            const outcome: unknown = await pipeline
              .run(undefined, { runId: 'r', journal: crashing(journal, at) })
              .catch((error: unknown) => error)
            expect(outcome instanceof Error ? outcome : { code: 'journal_failed' }).toMatchObject({
              code: 'journal_failed',
            })
            const completed = await completedKeys(journal)
            world.act = (key) => expect(completed).not.toContain(key)
          }
          const { outputs } = await pipeline.run(undefined, { runId: 'r', journal })
          expect(outputs).toEqual(whole.outputs)
          expect(world.calls.filter((call) => call.startsWith('undo '))).toEqual([])
        },
      ),
    )
  })

  it('a failing run, killed anywhere and resumed, leaves every effect undone or named', async () => {
    await fc.assert(
      fc.asyncProperty(
        sketches,
        fc.nat(),
        fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 3 }),
        async (steps, point, kills) => {
          const keys = keysOf(steps)
          const failing = keys[point % Math.max(1, keys.length)]
          const world = createWorld((key) => {
            if (key === failing) throw new Error('boom')
          })
          const pipeline = buildSketch(steps, world)
          const journal = createMemoryJournal()
          for (const at of kills) {
            await pipeline
              .run(undefined, { runId: 'r', journal: crashing(journal, at) })
              .catch((error: unknown) => error)
          }
          const outcome: unknown = await pipeline
            .run(undefined, { runId: 'r', journal })
            .catch((error: unknown) => error)
          if (failing === undefined) return
          const cause = outcome instanceof RollbackIncompleteError ? outcome.cause : outcome
          expect(cause).toMatchObject({ code: 'step_failed', details: { step: failing } })
          expectUndoneOrNamed(world, outcome)
        },
      ),
    )
  })
})
