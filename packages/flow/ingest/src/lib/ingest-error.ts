import { EmpireError } from '@empire/errors'
import { printable } from './printable.ts'

/** Why an item was skipped: there is nothing in it that could be read. */
export type SkipCode = 'unsupported_kind' | 'empty' | 'not_a_file' | 'symlink_loop'

/** Why an item failed: its text should be there, and is not. */
export type FailureCode =
  | 'unreadable_path'
  | 'unreadable'
  | 'broken_link'
  | 'vanished'
  | 'too_large'
  | 'binary'
  | 'not_utf8'
  | 'sink_failed'
  | 'stopped'

const skipCodes: ReadonlySet<string> = new Set<SkipCode>(['unsupported_kind', 'empty', 'not_a_file', 'symlink_loop'])

/** An item that was not indexed, as plain data. */
export interface Problem {
  /** As the source gives it; may hold control characters, which `message` does not. */
  readonly path: string
  /** Stable, to branch on. `unreadable_path` is kept for paths that the caller named. */
  readonly code: SkipCode | FailureCode
  /** One line for people: starts with the path, has no control characters. */
  readonly message: string
}

/** One item cannot be indexed; the others can. What `SourceItem.read` throws. */
export class IngestError extends EmpireError<SkipCode | FailureCode> {
  /** Of the item, as the source gives it. */
  readonly path: string

  /** @param reason What is wrong and what to do, without the path: the message puts it in front. */
  constructor(code: SkipCode | FailureCode, path: string, reason: string, options: { cause?: unknown } = {}) {
    super(code, printable(`${path}: ${reason}`), { ...options, details: { path } })
    this.path = path
  }

  /** Whether nothing is lost: there is no text in it for anyone to read. */
  get skipped(): boolean {
    return skipCodes.has(this.code)
  }

  /** The error as plain data. */
  toProblem(): Problem {
    return Object.freeze({ path: this.path, code: this.code, message: this.message })
  }
}
