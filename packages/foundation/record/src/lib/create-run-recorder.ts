import { describeValue, expectKnownKeys } from '@empire/errors'
import { redact as redactByDefault } from '@empire/redaction'
import { writeJson } from './canonical-json.ts'
import { expectType } from './expect-option.ts'
import { prepareStep } from './prepare-step.ts'
import type { RecordStore } from './record-store.ts'
import type { Step, StepReceipt } from './run-step.ts'

/** Where a run is recorded, and how. */
export interface RunRecorderOptions {
  /** Where the steps go. Several recorders may share one. */
  readonly store: RecordStore
  /** The name of the run. One that the store holds already is continued. Default: a random UUID. */
  readonly run?: string | undefined
  /** Takes the secrets out of a step before it is hashed. Default: `redact` of `@empire/redaction`. */
  readonly redact?: (<Value>(value: Value) => Value) | undefined
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined
}

/** Writes the steps of one run as they end. */
export interface RunRecorder {
  /** The name of the run, without secrets. */
  readonly run: string
  /**
   * Records a step as it is at the moment of the call, and resolves when it will survive the end of this process.
   *
   * What is not JSON data throws a `TypeError`, what cannot be stored the error of the store.
   */
  readonly record: (step: Step) => Promise<StepReceipt>
  /**
   * The same without the addresses, for those who record very often: a promise is given only where the store takes time, and a store in
   * memory has the step at once. Throws, or rejects with, what `record` rejects with.
   */
  readonly append: (step: Step) => void | Promise<void>
}

/** A recorder of one run. Close its store when the run has ended. */
export function createRunRecorder(options: RunRecorderOptions): RunRecorder {
  expectKnownKeys('"options"', options, ['store', 'run', 'redact', 'now'])
  const { store, run: name = crypto.randomUUID(), redact = redactByDefault, now = Date.now } = options
  if (typeof store?.append !== 'function') {
    throw new TypeError(`"store" must be a record store, got ${describeValue(store)}.`)
  }
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`"run" must be a string that is not empty, got ${describeValue(name)}.`)
  }
  expectType('redact', redact, 'function')
  expectType('now', now, 'function')
  const run = redact(name)
  const runMember = writeJson(run, 'run')
  const prepare = (step: Step): ReturnType<typeof prepareStep> => {
    checkStep(step)
    return prepareStep(step, redact, runMember, now())
  }
  return Object.freeze<RunRecorder>({
    run,
    async record(step) {
      const { receipt, prepared } = prepare(step)
      const stored = store.append(prepared)
      if (stored !== undefined) await stored
      return receipt
    },
    append: (step) => store.append(prepare(step).prepared),
  })
}

const address = /^sha256:[0-9a-f]{64}$/

function checkStep(step: Step): void {
  if (typeof step !== 'object' || step === null) {
    throw new TypeError(`"step" must be an object, got ${describeValue(step)}.`)
  }
  const { kind, meta, parents } = step
  if (typeof kind !== 'string' || kind === '') {
    throw new TypeError(`"step.kind" must be a string that is not empty, got ${describeValue(kind)}.`)
  }
  if (meta !== undefined && (typeof meta !== 'object' || meta === null || Array.isArray(meta))) {
    throw new TypeError(`"step.meta" must be an object, got ${describeValue(meta)}.`)
  }
  if (parents === undefined) return
  if (!Array.isArray(parents)) throw new TypeError(`"step.parents" must be an array, got ${describeValue(parents)}.`)
  for (const parent of parents as unknown[]) {
    if (typeof parent === 'string' && address.test(parent)) continue
    throw new TypeError(`"step.parents" must hold addresses of steps, got ${describeValue(parent)}.`)
  }
}
