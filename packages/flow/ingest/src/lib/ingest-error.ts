import { EmpireError } from '@empire/errors'
import { printable } from './printable.ts'

/** Why an item was skipped: there is nothing in it that could be read. */
export type SkipCode = 'unsupported_kind' | 'empty' | 'not_a_file' | 'symlink_loop'

/** Why an item failed: its text should be in the sink, and is not. Sources and parsers elsewhere have codes of their own. */
export type FailureCode =
  | 'unreadable_path'
  | 'unreadable'
  | 'broken_link'
  | 'vanished'
  | 'changed_while_read'
  | 'too_large'
  | 'binary'
  | 'not_utf8'
  | 'malformed'
  | 'duplicate_id'
  | 'parser_failed'
  | 'chunker_failed'
  | 'chunks_lost'
  | 'sink_failed'
  | 'stopped'

/** A code of this package, or of a source or parser elsewhere. */
export type IngestCode = SkipCode | FailureCode | (string & {})

const skipCodes: ReadonlySet<string> = new Set<SkipCode>(['unsupported_kind', 'empty', 'not_a_file', 'symlink_loop'])

/** An item that was not indexed, as plain data. */
export interface Problem {
  /** As the source gives it; may hold control characters, which `message` does not. */
  readonly path: string
  /** Stable, to branch on. `unreadable_path` is kept for paths that the caller named. */
  readonly code: IngestCode
  /** One line for people: starts with the path, has no control characters. */
  readonly message: string
}

/** What an `IngestError` carries beside its code, path and reason. */
export interface IngestErrorOptions {
  /** The failure that led to this one. */
  readonly cause?: unknown
  /** Whether it may succeed if it is tried again, as a connection that broke may. Default: `false`. */
  readonly retryable?: boolean | undefined
  /** Milliseconds to wait before that, where the source or sink asks for it. */
  readonly retryAfter?: number | undefined
  /** Whether nothing is lost. Default: for the codes of `SkipCode`. */
  readonly skipped?: boolean | undefined
}

/** One item cannot be indexed; the others can. What sources and parsers throw. */
export class IngestError extends EmpireError<IngestCode> {
  /** Of the item, as the source gives it. */
  readonly path: string
  /** Whether nothing is lost: there is no text in it for anyone to read. */
  readonly skipped: boolean

  /** @param reason What is wrong and what to do, without the path: the message puts it in front. */
  constructor(code: IngestCode, path: string, reason: string, options: IngestErrorOptions = {}) {
    const { retryable, retryAfter, skipped = skipCodes.has(code) } = options
    const cause = 'cause' in options ? { cause: options.cause } : {}
    const details = retryAfter === undefined ? { path } : { path, retryAfter }
    super(code, printable(`${path}: ${reason}`), { ...cause, retryable, details })
    this.path = path
    this.skipped = skipped
  }

  /** The error as plain data. */
  toProblem(): Problem {
    return Object.freeze({ path: this.path, code: this.code, message: this.message })
  }
}
