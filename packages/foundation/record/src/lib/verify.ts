import { expectKnownKeys } from '@empire/errors'
import { checkSteps, type RecordProblem } from './check-steps.ts'
import { hashText } from './content-hash.ts'
import { expectStore, expectType } from './expect-option.ts'
import type { RecordStore } from './record-store.ts'

/** What a store is held against. */
export interface VerifyOptions {
  /** The `head` of an earlier verification: then steps that were removed from the end are found too. Default: not checked. */
  readonly head?: string | null | undefined
  readonly signal?: AbortSignal | undefined
}

/** What was found in a record. */
export interface Verification {
  /** True when there are no problems. */
  readonly ok: boolean
  /** How many steps there are, of all runs. */
  readonly steps: number
  /** The hash of the last step, which stands for all before it; `null` when there is none. */
  readonly head: string | null
  /** In the order in which they stand in the store. */
  readonly problems: readonly RecordProblem[]
}

/** Checks every step of a store: its hash, its contents, and that it follows the one before it. */
export async function verify(store: RecordStore, options: VerifyOptions = {}): Promise<Verification> {
  expectStore(store)
  expectKnownKeys('"options"', options, ['head', 'signal'])
  const { head: expected, signal } = options
  if (expected !== undefined && expected !== null) expectType('head', expected, 'string')
  signal?.throwIfAborted()
  const problems: RecordProblem[] = []
  let head: string | null = null
  let steps = 0
  let isExpectedSeen = expected === undefined || expected === null
  for await (const { stored, problems: found } of checkSteps(store.read())) {
    signal?.throwIfAborted()
    for (const problem of found) problems.push(problem)
    if ('damage' in stored) continue
    head = hashText(stored.text)
    isExpectedSeen ||= head === expected
    steps++
  }
  if (!isExpectedSeen) {
    const message = `steps were removed from the end or changed: none has the hash ${expected}`
    problems.push({ place: 'the end', part: 'chain', message })
  }
  return { ok: problems.length === 0, steps, head, problems }
}
