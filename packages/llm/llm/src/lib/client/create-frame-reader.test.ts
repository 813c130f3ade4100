import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createFrameReader } from './create-frame-reader.ts'

const reader = createFrameReader({
  vendor: 'Claude',
  schema: z.looseObject({ type: z.string(), usage: z.looseObject({ tokens: z.int() }).optional() }),
})
const advice = 'The client may be too old for this API.'

describe('createFrameReader', () => {
  it('passes fields that it does not know', () => {
    const frame = { type: 'new', later: { a: 1 } }
    expect(reader.check(frame)).toEqual(frame)
    expect(reader.parse(JSON.stringify(frame))).toEqual(frame)
  })

  it('names the place of a wrong type, and keeps the frame without secrets', () => {
    const key = 'sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
    const error = attempt(() => reader.check({ type: 'x', usage: { tokens: '5' }, note: key }))
    expect(error).toMatchObject({
      code: 'invalid_response',
      message: `Claude sent "usage.tokens" in another form than agreed: Invalid input: expected number, received string. ${advice}`,
      details: { path: 'usage.tokens', frame: { type: 'x', usage: { tokens: '5' }, note: '[redacted]' } },
    })
  })

  it.each([null, 3, 'x', []])('refuses a frame that is %j', (frame) => {
    expect(attempt(() => reader.check(frame))).toMatchObject({ code: 'invalid_response', details: { path: '' } })
  })

  it('refuses text that is no JSON, and keeps no endless frame', () => {
    const error = attempt(() => reader.parse(`{"type": ${'x'.repeat(5000)}`))
    expect(error).toMatchObject({ code: 'invalid_response', message: 'Claude sent a frame that is no JSON.' })
    expect(JSON.stringify((error as { details: unknown }).details).length).toBeLessThan(2100)
  })

  it('shows no secret of a text that is no JSON, nor a piece of one', () => {
    const key = 'sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
    for (const text of [key, `{"key": ${key}`, `{"key": "${key}"`]) {
      const error = attempt(() => reader.parse(text))
      expect(inspect(error, { depth: 9 })).not.toMatch(/sk-a|aaaaa/)
    }
  })

  it('refuses a frame that is nested deeper than can be written', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(attempt(() => reader.parse(`{"type": ${deep}}`))).toMatchObject({
      code: 'invalid_response',
      details: { path: 'type', frame: '[unreadable]' },
    })
  })
})

function attempt(task: () => unknown): unknown {
  try {
    return task()
  } catch (error) {
    return error
  }
}
