import { redact, redactText } from '@empire/redaction'
import { compile, formatPath } from '@empire/schema/compile'
import type * as z from 'zod'
import { ModelError } from '../model-error.ts'
import { shortenData } from './shorten-data.ts'

/** Options of `createFrameReader`. */
export interface FrameReaderOptions<Schema extends z.core.$ZodType> {
  /** Who sent the frame, for the message: `Claude`. */
  readonly vendor: string
  /** What a frame has to be, without defaults and transforms: frames are checked, and not changed. */
  readonly schema: Schema
}

/** Checks what a vendor sent before it is believed. */
export interface FrameReader<Frame> {
  /** The frame as it is, if it has the agreed form. Throws a `ModelError` with `invalid_response`, the path and the redacted frame. */
  check(frame: unknown): Frame
  /** The same from JSON text. */
  parse(text: string): Frame
}

/** A reader for one kind of response or stream frame. Fields that the schema does not know pass, for vendors add some. */
export function createFrameReader<Schema extends z.core.$ZodType>(
  options: FrameReaderOptions<Schema>,
): FrameReader<z.core.input<Schema>> {
  const { vendor } = options
  const schema = compile(options.schema)
  function check(frame: unknown): z.core.input<Schema> {
    if (schema.is(frame)) return frame
    const verdict = schema.check(frame)
    const [issue] = verdict.ok ? [] : verdict.issues
    const path = issue === undefined || issue.path.length === 0 ? '' : formatPath(issue.path)
    throw new ModelError(
      'invalid_response',
      `${vendor} sent ${path === '' ? 'a frame' : `"${path}"`} in another form than agreed: ${issue?.message ?? 'unknown'}. The client may be too old for this API.`,
      { details: { path, frame: shortenData(redact(frame)) } },
    )
  }
  return Object.freeze({
    check,
    parse(text: string) {
      let frame: unknown
      try {
        frame = JSON.parse(text)
      } catch {
        // No cause: its message shows a piece of the frame, and what was cut out of a secret cannot be told for one.
        throw new ModelError('invalid_response', `${vendor} sent a frame that is no JSON.`, {
          details: { path: '', frame: shortenData(redactText(text)) },
        })
      }
      return check(frame)
    },
  })
}
