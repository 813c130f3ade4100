import { describe, expect, it } from 'vitest'
import { type FakeReply, frameEvent, frameReply } from './fake-reply.ts'
import type { Fault } from './fake-step.ts'
import { planReply } from './plan-reply.ts'

const events: FakeReply = { events: [{ data: '{"a":1}' }, { event: 'e', data: '{"b":2}' }, { data: '{"c":3}' }] }

/** The plan with its chunks as text. */
function plan(reply: FakeReply, fault?: Fault): Record<string, unknown> {
  const made = planReply(frameReply(reply), fault, () => frameEvent({ data: 'error' }))
  return { ...made, chunks: made.chunks.map((chunk) => new TextDecoder().decode(chunk)) }
}

describe('planReply', () => {
  it('sends everything without a fault', () => {
    expect(plan(events)).toEqual({
      hasHeaders: true,
      chunks: ['data: {"a":1}\n\n', 'event: e\ndata: {"b":2}\n\n', 'data: {"c":3}\n\n'],
      end: 'finish',
      length: undefined,
    })
    expect(plan({ body: 'héllo' })).toMatchObject({ chunks: ['héllo'], length: 6 })
    expect(plan({})).toMatchObject({ chunks: [], length: 0 })
  })

  it('hits the middle frame by default', () => {
    expect(plan(events, { type: 'stall' })).toMatchObject({ chunks: ['data: {"a":1}\n\n'], end: 'stall' })
  })

  it.each([
    ['first', 0],
    ['middle', 1],
    ['last', 2],
    [0, 0],
    [3, 3],
  ] as const)('hits the frame at %s', (at, before) => {
    expect(plan(events, { type: 'stall', at })['chunks']).toHaveLength(before)
  })

  it('cuts within the frame', () => {
    expect(plan(events, { type: 'socket-cut', at: 1 })).toMatchObject({
      chunks: ['data: {"a":1}\n\n', 'event: e\ndat'],
      end: 'cut',
    })
    expect(plan({ body: 'whole' }, { type: 'socket-cut' })).toMatchObject({ chunks: ['who'], length: 5 })
  })

  it('sends no headers when it is hit there', () => {
    expect(plan(events, { type: 'socket-cut', at: 'headers' })).toMatchObject({ hasHeaders: false, end: 'cut' })
    expect(plan(events, { type: 'stall', at: 'headers' })).toMatchObject({ hasHeaders: false, end: 'stall' })
  })

  it('repeats the frame for ever', () => {
    expect(plan(events, { type: 'endless-stream', at: 0 })).toMatchObject({
      chunks: ['data: {"a":1}\n\n'],
      end: 'repeat',
    })
    expect(plan({ body: 'on' }, { type: 'endless-stream' })).toMatchObject({ chunks: ['on'], length: undefined })
  })

  it('breaks the content of a frame, not its form, and goes on', () => {
    expect(plan(events, { type: 'malformed-frame', at: 1 })).toMatchObject({
      chunks: ['data: {"a":1}\n\n', 'event: e\ndata: {"b<\n\n', 'data: {"c":3}\n\n'],
      end: 'finish',
    })
    expect(plan({ body: 12 }, { type: 'malformed-frame' })).toMatchObject({ chunks: ['1<'], length: 2 })
  })

  it('ends with an error inside the stream', () => {
    expect(plan(events, { type: 'stream-error', at: 1 })).toMatchObject({
      chunks: ['data: {"a":1}\n\n', 'data: error\n\n'],
      end: 'finish',
    })
  })

  it('refuses a fault that it does not know', () => {
    expect(() => plan(events, { type: 'stal' } as unknown as Fault)).toThrow(
      '"fault" must be of a known type, got a string ("stal").',
    )
  })

  it.each([4, -1, 0.5, Number.NaN])('refuses a fault at frame %s, which would not happen', (at) => {
    expect(() => plan(events, { type: 'stall', at })).toThrow(
      `The fault is at frame ${at}, but the reply has 3 frames, counted from 0.`,
    )
  })
})

describe('frameEvent', () => {
  it('writes a line for each line of the data', () => {
    const { bytes } = frameEvent({ event: 'e', data: 'a\nb\r\nc\rd' })
    expect(new TextDecoder().decode(bytes)).toBe('event: e\ndata: a\ndata: b\ndata: c\ndata: d\n\n')
  })
})
