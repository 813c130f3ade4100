import { describeValue } from '@empire/errors'
import { type Frame, type FramedReply, half } from './fake-reply.ts'
import type { Fault, FramePlace, StreamErrorFault } from './fake-step.ts'

/** What is sent, and how it ends. */
export interface ReplyPlan {
  /** False when not even the headers are sent. */
  readonly hasHeaders: boolean
  readonly chunks: readonly Uint8Array[]
  /** After the chunks: a proper end, a closed socket, silence, or the last chunk for ever. */
  readonly end: 'finish' | 'cut' | 'stall' | 'repeat'
  /** The length that the headers promise; undefined for a stream. */
  readonly length: number | undefined
}

/** What to send for a reply under a fault. */
export function planReply(
  reply: FramedReply,
  fault: Fault | undefined,
  frameError: (fault: StreamErrorFault) => Frame,
): ReplyPlan {
  const { frames, isStream } = reply
  const whole = frames.map(({ bytes }) => bytes)
  const plan: ReplyPlan = { hasHeaders: true, chunks: whole, end: 'finish', length: isStream ? undefined : sum(whole) }
  if (fault === undefined || fault.type === 'status') return plan

  const { at = 'middle' } = fault
  if (at === 'headers') {
    const end = fault.type === 'socket-cut' ? 'cut' : 'stall'
    return { hasHeaders: false, chunks: [], end, length: undefined }
  }
  const place = findPlace(at, frames.length)
  const before = whole.slice(0, place)
  const hit = frames[place]
  switch (fault.type) {
    case 'socket-cut':
      return { ...plan, chunks: hit === undefined ? before : [...before, half(hit.bytes)], end: 'cut' }
    case 'stall':
      return { ...plan, chunks: before, end: 'stall' }
    case 'endless-stream':
      return { ...plan, chunks: whole.slice(0, place + 1), end: 'repeat', length: undefined }
    case 'malformed-frame':
      return resize(plan, hit === undefined ? whole : whole.with(place, hit.malformed))
    case 'stream-error':
      return resize(plan, [...before, frameError(fault).bytes])
    default:
      throw new TypeError(`"fault" must be of a known type, got ${describeValue((fault as { type: unknown }).type)}.`)
  }
}

function resize(plan: ReplyPlan, chunks: readonly Uint8Array[]): ReplyPlan {
  return { ...plan, chunks, length: plan.length === undefined ? undefined : sum(chunks) }
}

function findPlace(at: FramePlace, count: number): number {
  switch (at) {
    case 'first':
      return 0
    case 'middle':
      return Math.floor(count / 2)
    case 'last':
      return Math.max(0, count - 1)
    default:
      // A place past the last frame is the end of the stream; beyond that a fault would silently not happen.
      if (Number.isInteger(at) && at >= 0 && at <= count) return at
      throw new RangeError(`The fault is at frame ${at}, but the reply has ${count} frames, counted from 0.`)
  }
}

function sum(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((length, chunk) => length + chunk.length, 0)
}
