import { findJsonDifference, type JsonDifference } from './find-json-difference.ts'
import type { RecordedStep } from './run-step.ts'

/** The first step where two runs part. */
export interface RunDifference {
  /**
   * Why: the step got other `inputs`, gave another `output`, builds on other `parents`, is of another `kind`, or is
   * `missing` in the second run, or `added` there.
   */
  readonly reason: 'inputs' | 'output' | 'parents' | 'kind' | 'missing' | 'added'
  /** Which step of its run it is, from 0: of the first run, or of the second when it was added there. */
  readonly index: number
  /** The step in the first run, unless it was added. */
  readonly before: RecordedStep | undefined
  /** The step in the second run, unless it is missing. */
  readonly after: RecordedStep | undefined
  /** The first place in its inputs or output that differs. */
  readonly difference: JsonDifference | undefined
}

type Steps = Iterable<RecordedStep> | AsyncIterable<RecordedStep>

/**
 * Compares two runs by what was done: kind, inputs, output and parents. Times and other `meta` do not matter, nor does
 * the order in which steps that do not build on each other ended.
 *
 * Resolves to `undefined` when the runs are the same.
 */
export async function diffRuns(first: Steps, second: Steps): Promise<RunDifference | undefined> {
  const a = await collect(first)
  const b = await collect(second)
  const onlyFirst = without(a, b)
  const onlySecond = without(b, a)
  const [before] = onlyFirst
  const [after] = onlySecond
  const partner = before && partnerOf(before, onlySecond)
  const isAfterNew = after !== undefined && partnerOf(after, onlyFirst) === undefined
  if (before !== undefined && partner !== undefined && !(isAfterNew && b.indexOf(after) < b.indexOf(partner))) {
    return compare(before, partner, a.indexOf(before))
  }
  if (before !== undefined && partner === undefined) {
    if (isAfterNew) return compare(before, after, a.indexOf(before))
    return { reason: 'missing', index: a.indexOf(before), before, after: undefined, difference: undefined }
  }
  return after && { reason: 'added', index: b.indexOf(after), before: undefined, after, difference: undefined }
}

async function collect(steps: Steps): Promise<RecordedStep[]> {
  const list: RecordedStep[] = []
  for await (const step of steps) list.push(step)
  return list
}

/** The steps that the others do not have as often. */
function without(steps: readonly RecordedStep[], others: readonly RecordedStep[]): RecordedStep[] {
  const counts = new Map<string, number>()
  for (const { id } of others) counts.set(id, (counts.get(id) ?? 0) + 1)
  return steps.filter(({ id }) => {
    const count = counts.get(id) ?? 0
    counts.set(id, count - 1)
    return count <= 0
  })
}

/** The step that stands for this one in the other run: of the same kind, best with the same inputs, then the same parents. */
function partnerOf(step: RecordedStep, others: readonly RecordedStep[]): RecordedStep | undefined {
  const sameKind = others.filter(({ kind }) => kind === step.kind)
  return (
    sameKind.find(({ inputs }) => isSame(inputs, step.inputs)) ??
    sameKind.find(({ parents }) => isSame(parents, step.parents)) ??
    sameKind[0]
  )
}

function compare(before: RecordedStep, after: RecordedStep, index: number): RunDifference {
  const found = { index, before, after }
  if (before.kind !== after.kind) return { reason: 'kind', ...found, difference: undefined }
  for (const reason of ['inputs', 'output'] as const) {
    const difference = findJsonDifference(before[reason], after[reason])
    if (difference !== undefined) return { reason, ...found, difference }
  }
  return { reason: 'parents', ...found, difference: findJsonDifference(before.parents, after.parents) }
}

function isSame(a: unknown, b: unknown): boolean {
  return findJsonDifference(a, b) === undefined
}
