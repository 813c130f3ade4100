import { isRetryable, withTimeout } from '@empire/resilience'
import { askForRepair } from './ask-for-repair.ts'
import { JsonUnrepairableError } from './json-repair-error.ts'
import { jsonRepairEvents } from './json-repair-events.ts'
import { jsonSchemaOf } from './json-schema-of.ts'
import { judgeValue, type Verdict } from './judge-value.ts'
import type { LadderSettings } from './ladder-options.ts'
import { readings } from './readings.ts'
import { repairPrompt } from './repair-prompt.ts'
import type { RepairIssue, RepairRung } from './repair-rung.ts'

/** Where the climb ended. */
export interface Climb {
  /** The verdict on the value that satisfies the schema, or on the best reading; none, if the text holds no value. */
  readonly best: Reading | undefined
  readonly rungs: readonly RepairRung[]
}

interface Reading {
  readonly value: unknown
  readonly verdict: Verdict
}

type Ending = Pick<RepairRung, 'outcome'> & Partial<Pick<RepairRung, 'error' | 'issues' | 'cost'>>

/** Climbs from rung to rung until a value satisfies the schema. */
export async function climbLadder(
  text: string,
  settings: LadderSettings,
  signal: AbortSignal | undefined,
): Promise<Climb> {
  const { clock, repair, schema } = settings
  const rungs: RepairRung[] = []
  const now = (): number => (clock === undefined ? performance.now() : clock.now())
  let began = now()

  function end(rung: RepairRung['rung'], { outcome, error, issues = [], cost = 0 }: Ending): void {
    const ended = now()
    const duration = ended - began
    began = ended
    rungs.push({ rung, outcome, issues, duration, cost, ...(error !== undefined && { error }) })
    jsonRepairEvents.rung.publish({ rung, outcome, duration, cost, ...(error !== undefined && { error }) })
  }

  function waitFor<Value>(task: () => Value | PromiseLike<Value>): Promise<Value> {
    return withTimeout(task, Infinity, { signal, clock })
  }

  const judge = (value: unknown): Promise<Verdict> => waitFor(() => judgeValue(value, schema, settings.maxDepth))

  /** The first of the next `most` readings that is valid, else the one with the fewest issues. */
  async function bestOf(candidates: Iterator<{ readonly value: unknown }>, most: number): Promise<Reading | undefined> {
    let best: Reading | undefined
    for (let count = 0; count < most && !best?.verdict.valid; count++) {
      const next = candidates.next()
      if (next.done) break
      best = better(best, { value: next.value.value, verdict: await judge(next.value.value) })
    }
    return best
  }

  async function read(): Promise<Reading | undefined> {
    const candidates = readings(text, repair)
    const first = await orNothing('structural', 0, () => bestOf(candidates, 1))
    if (first === undefined) return undefined
    end('structural', endingOf(first.verdict))
    if (first.verdict.valid || schema === undefined) return first
    const other = await bestOf(candidates, repair.readings - 1)
    if (other !== undefined) end('schema', endingOf(other.verdict))
    return better(first, other)
  }

  /** What `task` reads; nothing, and the rung has failed, if there is no value to read. */
  async function orNothing<Value>(
    rung: RepairRung['rung'],
    cost: number,
    task: () => Promise<Value>,
  ): Promise<Value | undefined> {
    try {
      return await task()
    } catch (error) {
      if (!(error instanceof JsonUnrepairableError) || signal?.aborted) throw error
      end(rung, { outcome: 'failed', error, cost })
      return undefined
    }
  }

  async function answer(best: Reading | undefined): Promise<Reading | undefined> {
    const { ask, attempts, maxLength, maxCost, accept } = settings
    if (ask === undefined) return undefined
    if (text.length > maxLength) {
      end('model', { outcome: 'too_large' })
      return undefined
    }
    const described = schemaText(settings)
    let issues = issuesOf(best)
    let spent = 0
    for (let attempt = 0; attempt < attempts && (attempt === 0 || spent < maxCost); attempt++) {
      const asked = await askForRepair(ask, repairPrompt(text, described, issues), { ...settings, signal })
      spent += asked.cost
      const { cost } = asked
      if (asked.outcome !== 'answered') {
        end('model', asked)
        if (asked.outcome === 'refused' || !isRetryable(asked.error)) return undefined
        continue
      }
      if (asked.text.length > maxLength) {
        end('model', { outcome: 'too_large', cost })
        continue
      }
      const reading = await orNothing('model', cost, () => bestOf(readings(asked.text, repair), repair.readings))
      if (reading === undefined) continue
      if (!reading.verdict.valid) {
        end('model', { ...endingOf(reading.verdict), cost })
        issues = issuesOf(reading)
        continue
      }
      const { value } = reading.verdict
      const accepted = accept === undefined || (await waitFor(() => accept(value, text)))
      end('model', { outcome: accepted ? 'valid' : 'rejected', cost })
      if (accepted) return reading
    }
    return undefined
  }

  const best = await read()
  if (best?.verdict.valid) return { best, rungs }
  return { best: (await answer(best)) ?? best, rungs }
}

function better(first: Reading | undefined, second: Reading | undefined): Reading | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return weight(second.verdict) < weight(first.verdict) ? second : first
}

function weight(verdict: Verdict): number {
  if (verdict.valid) return 0
  return verdict.outcome === 'too_deep' ? Infinity : Math.max(1, verdict.issues.length)
}

function endingOf(verdict: Verdict): Ending {
  return verdict.valid ? { outcome: 'valid' } : { outcome: verdict.outcome, issues: verdict.issues }
}

function issuesOf(reading: Reading | undefined): readonly RepairIssue[] {
  return reading === undefined || reading.verdict.valid ? [] : reading.verdict.issues
}

/** The schema as a model can read it; none, if it cannot be written as JSON Schema or is beyond the limit. */
function schemaText({ schema, maxLength }: LadderSettings): string | undefined {
  if (schema === undefined) return undefined
  try {
    const text = JSON.stringify(jsonSchemaOf(schema))
    return text.length > maxLength ? undefined : text
  } catch {
    // The issues still say what is missing.
    return undefined
  }
}
