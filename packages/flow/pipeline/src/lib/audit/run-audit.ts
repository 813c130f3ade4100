import { createRunRecorder, type RecordStore, type RunRecorder } from '@empire/record'
import type { PipelineEvent } from '../pipeline-event.ts'
import type { PipelineShape } from '../pipeline-shape.ts'
import type { ObservedUnit } from '../run-observer.ts'
import { setOwn } from '../set-own.ts'
import { storeReason } from '../store-reason.ts'
import type { StoredReason } from '../stored-reason.ts'
import type { AuditedInputs, AuditedType } from './audit-entry.ts'
import { auditKind } from './audit-kind.ts'
import { type HashOrReason, hashValue } from './hash-value.ts'

/** Where the entries of a run go. */
export interface RunAuditSettings {
  readonly store: RecordStore
  readonly redact: <Value>(value: Value) => Value
  /** Without secrets. */
  readonly actor: string | undefined
  /** Shapes without secrets: those of a pipeline are the same for all its runs. */
  readonly definitions: WeakMap<PipelineShape, PipelineShape>
}

type AuditedEvent = Extract<PipelineEvent, { type: AuditedType }>
type RunEvent = Exclude<AuditedEvent, { key: string }>
type StepEvent = Extract<AuditedEvent, { key: string }>

/** The audit of one run. */
export class RunAudit {
  readonly #recorder: RunRecorder
  readonly #settings: RunAuditSettings
  readonly #runId: string
  /** Of the outputs, by the path of the step: what needs them is said by the same hash, and nothing is hashed again. */
  readonly #outputs = new Map<string, HashOrReason>()
  /** Of the inputs, by the path of the pipeline inside; that of the run by the empty one. */
  readonly #inputs = new Map<string, HashOrReason | undefined>()
  #at = 0

  constructor(settings: RunAuditSettings, runId: string) {
    this.#settings = settings
    this.#runId = runId
    const { store, redact } = settings
    // Hashes, numbers and the names of steps, of which there are many, hold no secrets: what may is looked through below.
    this.#recorder = createRunRecorder({ store, run: redact(runId), now: () => this.#at, redact: (value) => value })
  }

  /** Gives a promise where the store takes time. */
  write(event: AuditedEvent, unit: ObservedUnit | undefined): void | Promise<void> {
    this.#at = event.at
    const kind = `${auditKind}${event.type}`
    const inputs = event.type === 'run-start' ? this.#definition(event.shape) : undefined
    const meta = 'key' in event ? this.#describeStep(event, unit) : this.#describeRun(event)
    return this.#recorder.append({ kind, inputs, meta })
  }

  #definition(shape: PipelineShape): PipelineShape {
    const { definitions, redact } = this.#settings
    let definition = definitions.get(shape)
    if (definition === undefined) definitions.set(shape, (definition = redact(shape)))
    return definition
  }

  #describeRun(event: RunEvent): Record<string, unknown> {
    const { actor, redact } = this.#settings
    switch (event.type) {
      case 'run-start':
        return { actor, resumed: event.resumed }
      case 'rollback-start':
        return { actor, reason: this.#reason(event.reason) }
      case 'rollback-end':
        return { actor, duration: event.duration, notUndone: redact(event.notUndone) }
      case 'run-end':
        return { actor, duration: event.duration, status: event.status }
    }
  }

  /** Members in the order in which they are written. */
  #describeStep(event: StepEvent, unit: ObservedUnit | undefined): Record<string, unknown> {
    const { actor } = this.#settings
    const { step, key } = event
    const ofPart = step === key ? undefined : step
    const breaker = unit?.breaker
    const attempt = 'attempt' in event ? event.attempt : undefined
    switch (event.type) {
      case 'step-start': {
        const idempotencyKey = this.#ownKey(key, unit)
        const inputs = unit && this.#inputsOf(event, unit)
        return { actor, attempt, breaker, idempotencyKey, inputs, key, size: event.size, step: ofPart }
      }
      case 'step-end':
        return {
          actor,
          attempt,
          breaker,
          duration: event.duration,
          key,
          output: this.#outputOf(event, unit),
          step: ofPart,
        }
      case 'step-restored':
        return { actor, key, output: this.#outputOf(event, unit), step: ofPart }
      case 'step-skipped':
        return { actor, key, step: ofPart }
      case 'step-retry':
      case 'compensate-retry':
        return { actor, attempt, breaker, delay: event.delay, error: this.#reason(event.error), key, step: ofPart }
      case 'step-failed':
      case 'compensate-failed':
        return {
          actor,
          attempt,
          breaker,
          duration: event.duration,
          error: this.#reason(event.error),
          key,
          step: ofPart,
        }
      case 'compensate-start':
        return { actor, attempt, breaker, key, step: ofPart }
      case 'step-aborted':
      case 'compensate-end':
        return { actor, attempt, breaker, duration: event.duration, key, step: ofPart }
    }
  }

  #reason(thrown: unknown): StoredReason {
    return this.#settings.redact(storeReason(thrown))
  }

  #ownKey(key: string, { idempotencyKey }: Partial<ObservedUnit> = {}): string | undefined {
    return idempotencyKey === `${this.#runId}/${key}` ? undefined : this.#settings.redact(idempotencyKey)
  }

  /** The parts of a step are given what it is given, which stands at its own start. */
  #inputsOf({ step, key }: StepEvent, { input, needs, item }: ObservedUnit): AuditedInputs | undefined {
    if (key !== step) return { item: hashValue(item) }
    const path = step.slice(0, step.lastIndexOf('/') + 1)
    if (!this.#inputs.has(path)) this.#inputs.set(path, hashValue(input))
    const ofInput = this.#inputs.get(path)
    const names = Object.keys(needs)
    if (names.length === 0) return ofInput === undefined ? undefined : { input: ofInput }
    const ofNeeds: Record<string, HashOrReason | undefined> = {}
    for (const name of names) setOwn(ofNeeds, name, this.#outputs.get(path + name) ?? hashValue(needs[name]))
    return { input: ofInput, needs: ofNeeds }
  }

  #outputOf({ step, key }: StepEvent, unit: ObservedUnit | undefined): HashOrReason | undefined {
    const output = hashValue(unit?.output)
    if (key === step && output !== undefined) this.#outputs.set(step, output)
    return output
  }
}
