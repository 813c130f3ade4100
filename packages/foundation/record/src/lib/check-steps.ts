import { type ContentHash, contentHash, hashText } from './content-hash.ts'
import type { RecordStore, StoredDamage, StoredStep } from './record-store.ts'

/** A step as its text says. */
interface ChainedStep {
  readonly at: number
  readonly id: ContentHash
  readonly inputs?: ContentHash
  readonly kind: string
  readonly meta: Readonly<Record<string, unknown>>
  readonly output?: ContentHash
  readonly parents: readonly ContentHash[]
  readonly previous: ContentHash | null
  readonly run: string
}

/** What is wrong with a record, and where. */
export interface RecordProblem {
  /** Where it was found: `line 3 (byte 1024)`, `step 3`. */
  readonly place: string
  /** What was changed: the `inputs` or `output` of a step, the `step` itself, the `chain` between steps, or the `line` that holds it. A `torn` line is the last one, cut off while it was written. */
  readonly part: 'inputs' | 'output' | 'content' | 'step' | 'chain' | 'line' | 'torn'
  /** In words. */
  readonly message: string
}

/** A stored step with all that is wrong with it. */
export interface CheckedStep {
  readonly stored: StoredStep | StoredDamage
  readonly step: ChainedStep | undefined
  readonly problems: readonly RecordProblem[]
}

/** Every step of a store, checked against its hashes and the one before it. */
export async function* checkSteps(entries: ReturnType<RecordStore['read']>): AsyncGenerator<CheckedStep> {
  const known = new Set<string>()
  let previous: readonly (string | null)[] | undefined = [null]
  for await (const stored of entries) {
    if ('damage' in stored) {
      const part = stored.torn === undefined ? 'line' : 'torn'
      yield { stored, step: undefined, problems: [{ place: stored.place, part, message: stored.damage }] }
      previous = undefined
      continue
    }
    const hash = hashText(stored.text)
    const step = parseStep(stored.text)
    const problems: RecordProblem[] = []
    const report = (part: RecordProblem['part'], message: string): unknown =>
      problems.push({ place: stored.place, part, message })
    if (hash !== stored.hash) report('step', `the step was changed: its hash is ${hash}, recorded was ${stored.hash}`)
    else if (step === undefined) report('step', 'there is no step as a recorder writes it')
    if (step !== undefined && previous !== undefined && !previous.includes(step.previous)) {
      report('chain', `a step before it was changed, added or removed: the hash before it is not ${step.previous}`)
    }
    for (const content of stored.contents) {
      if (step !== undefined && partOf(content.hash, step) === 'content') {
        report('content', `a content was added that the step does not refer to: ${content.hash}`)
      } else if (known.has(content.hash))
        report('content', `a content was added that is stored already: ${content.hash}`)
      known.add(content.hash)
      const actual = hashText(content.text)
      if (actual === content.hash) continue
      const part = partOf(content.hash, step)
      report(part, `the ${part} was changed: its hash is ${actual}, recorded was ${content.hash}`)
    }
    for (const part of ['inputs', 'output'] as const) {
      const address = step?.[part]
      if (address !== undefined && !known.has(address)) report(part, `the ${part} is missing: ${address}`)
    }
    previous = [stored.hash, hash]
    yield { stored, step, problems }
  }
}

function partOf(hash: string, step: ChainedStep | undefined): 'inputs' | 'output' | 'content' {
  if (hash === step?.inputs) return 'inputs'
  return hash === step?.output ? 'output' : 'content'
}

function parseStep(text: string): ChainedStep | undefined {
  try {
    const step: unknown = JSON.parse(text)
    return isStep(step) ? step : undefined
  } catch {
    return undefined
  }
}

function isStep(value: unknown): value is ChainedStep {
  if (!isObject(value)) return false
  const { at, id, inputs, kind, meta, output, parents, previous, run } = value
  const addresses = [
    id,
    ...[inputs, output].filter((each) => each !== undefined),
    ...(previous === null ? [] : [previous]),
  ]
  return (
    typeof at === 'number' &&
    typeof kind === 'string' &&
    typeof run === 'string' &&
    isObject(meta) &&
    Array.isArray(parents) &&
    [...addresses, ...(parents as unknown[])].every((each) => typeof each === 'string') &&
    id === contentHash({ inputs, kind, output, parents })
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
