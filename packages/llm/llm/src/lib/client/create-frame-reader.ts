import { redact } from '@empire/redaction'
import { compile, formatPath } from '@empire/schema'
import type * as z from 'zod'
import { ModelError } from '../model-error.ts'

/** Options of `createFrameReader`. */
export interface FrameReaderOptions<Schema extends z.core.$ZodType> {
  /** Who sent the frame, for the message: `Claude`. */
  readonly vendor: string
  /** What a frame has to be. Use `z.looseObject`: vendors add fields, and those pass. */
  readonly schema: Schema
}

/** Checks what a vendor sent before it is believed. */
export interface FrameReader<Frame> {
  /** The frame, if it has the agreed form. Throws a `ModelError` with `invalid_response`, the path and the redacted frame. */
  check(frame: unknown): Frame
  /** The same from JSON text. */
  parse(text: string): Frame
}

/** The longest piece of a frame that an error keeps, in UTF-16 units. */
const kept = 2000

/** A reader for one kind of response or stream frame. Fields that the schema does not know pass. */
export function createFrameReader<Schema extends z.core.$ZodType>(
  options: FrameReaderOptions<Schema>,
): FrameReader<z.core.output<Schema>> {
  const { vendor } = options
  const schema = compile(options.schema)
  function check(frame: unknown): z.core.output<Schema> {
    const verdict = schema.check(frame)
    if (verdict.ok) return verdict.value
    const [issue] = verdict.issues
    const path = issue === undefined || issue.path.length === 0 ? '' : formatPath(issue.path)
    throw new ModelError(
      'invalid_response',
      `${vendor} sent ${path === '' ? 'a frame' : `"${path}"`} in another form than agreed: ${issue?.message ?? 'unknown'}. The client may be too old for this API.`,
      { details: { path, frame: shorten(redact(frame)) } },
    )
  }
  return Object.freeze({
    check,
    parse(text: string) {
      let frame: unknown
      try {
        frame = JSON.parse(text)
      } catch (cause) {
        throw new ModelError('invalid_response', `${vendor} sent a frame that is no JSON.`, {
          cause,
          details: { path: '', frame: shorten(redact(text)) },
        })
      }
      return check(frame)
    },
  })
}

function shorten(frame: unknown): unknown {
  const text = typeof frame === 'string' ? frame : (JSON.stringify(frame) ?? String(frame))
  return text.length <= kept ? frame : `${text.slice(0, kept)}…`
}
