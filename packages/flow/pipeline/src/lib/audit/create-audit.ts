import { describeValue, expectKnownKeys } from '@empire/errors'
import type { RecordStore } from '@empire/record'
import { redact as redactByDefault } from '@empire/redaction'
import { expectFunction, expectObject, expectText } from '../expect-option.ts'
import type { RunObserver } from '../run-observer.ts'
import { RunAudit, type RunAuditSettings } from './run-audit.ts'

/** Where an audit is kept, and who is responsible for the runs in it. */
export interface AuditOptions {
  /** Where the entries go: `createMemoryStore()`, `createJsonlStore({ path })` or `createSqliteStore({ path })` of `@empire/record`. */
  readonly store: RecordStore
  /** Who runs the pipelines: a person, a service. It stands in every entry. Default: nobody is named. */
  readonly actor?: string | undefined
  /** Takes the secrets out of errors and names before they are written. Default: `redact` of `@empire/redaction`. */
  readonly redact?: (<Value>(value: Value) => Value) | undefined
}

/**
 * Writes down all that happens in the runs that it observes: `pipeline.run(input, { observers: [createAudit({ store })] })`.
 *
 * No step begins, and nothing is undone, before the store has the entry that says so. Values are kept as their hashes alone, and what is
 * no JSON has none. If the store fails, the run is stopped and rolled back. Many runs may share an audit, and many audits a store.
 */
export function createAudit(options: AuditOptions): RunObserver {
  expectObject('createAudit: "options"', options as unknown, 'an object')
  expectKnownKeys('createAudit: "options"', options, ['store', 'actor', 'redact'])
  const { store, actor, redact = redactByDefault } = options
  if (typeof store?.append !== 'function') {
    throw new TypeError(`createAudit: "store" must be a record store, got ${describeValue(store)}.`)
  }
  if (actor !== undefined) expectText('createAudit: "actor"', actor)
  expectFunction('createAudit: "redact"', redact)
  const named = actor === undefined ? undefined : redact(actor)
  const settings: RunAuditSettings = { store, redact, actor: named, definitions: new WeakMap() }
  const runs = new Map<string, RunAudit>()
  return Object.freeze<RunObserver>({
    observe(event, unit) {
      if (event.type === 'step-progress') return undefined
      let run = runs.get(event.runId)
      if (run === undefined) runs.set(event.runId, (run = new RunAudit(settings, event.runId)))
      if (event.type === 'run-end') runs.delete(event.runId)
      return run.write(event, unit)
    },
  })
}
