import { isUtf8 } from 'node:buffer'
import { EmpireError } from '@empire/errors'
import { redact, redactText } from '@empire/redaction'
import type { DeadLetter, DeadLetterInput, IngestStep } from './dead-letter.ts'
import { documentId } from './document-id.ts'
import type { IngestError } from './ingest-error.ts'

/** The beginning of a content that failed. */
export interface LetterContent {
  readonly mediaType: string
  readonly head: Uint8Array
  /** Of the whole content, in bytes. */
  readonly size: number
}

/** What a letter tells of. */
export interface LetterFacts {
  readonly source: string
  readonly item: { readonly id: string; readonly path: string; readonly version?: string | undefined }
  readonly content: LetterContent | undefined
  readonly step: IngestStep
  readonly error: IngestError
  readonly attempts: number
  readonly at: number
  readonly replays: number
}

/** The letter of a failure, without secrets. */
export function createDeadLetter(facts: LetterFacts): DeadLetter {
  const { source, item, content, step, error, attempts, at, replays } = facts
  const cause = error.cause ?? error
  const { id, path, version } = item
  const stack = cause instanceof Error ? cause.stack : undefined
  return Object.freeze({
    // The ids of the store and of the source: a letter whose ids were changed could not be replayed.
    id: documentId(source, id),
    source,
    item: { id, path, ...(version === undefined ? {} : { version }) },
    ...(content === undefined ? {} : { input: inputOf(content) }),
    step,
    errorClass: errorClassOf(error, cause),
    ...redact({ message: error.message, ...(stack === undefined ? {} : { stack }) }),
    attempts,
    at,
    replays,
  })
}

/** What the sink or source threw says more than that it threw. */
function errorClassOf(error: IngestError, cause: unknown): string {
  if (EmpireError.isInstance(cause)) return cause.code
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return error.code
}

function inputOf({ mediaType, head, size }: LetterContent): DeadLetterInput {
  // What is cut may end within a character, or within a secret, whose beginning is none the less hidden by its shape.
  const text = isText(head) ? Buffer.from(head).toString() : undefined
  const redacted = text === undefined ? undefined : redactText(text)
  const same = redacted === text
  return {
    mediaType,
    content: (same ? Buffer.from(head) : Buffer.from(redacted ?? '')).toString('base64'),
    complete: same && head.length === size,
  }
}

function isText(head: Uint8Array): boolean {
  for (let cut = 0; cut < 4; cut++) if (isUtf8(head.subarray(0, head.length - cut))) return true
  return false
}
