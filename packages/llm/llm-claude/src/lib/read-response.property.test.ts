import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { readResponse } from './read-response.ts'

const encoder = new TextEncoder()
const frames = [
  { type: 'message_start', message: { model: 'x', usage: {} } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Grüße 👋\n\r\u2028 data: x' } },
  { type: 'ping' },
  { type: 'message_stop' },
]

function response(text: string, cuts: readonly number[]): Response {
  const bytes = encoder.encode(text)
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((one, other) => one - other)
  let start = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = ends.shift()
      if (next === undefined) return controller.close()
      controller.enqueue(bytes.subarray(start, next))
      start = next
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

async function read(given: Response): Promise<unknown[]> {
  const list: unknown[] = []
  const batches = readResponse(given)
  try {
    for (let come = await batches.next(); come !== undefined; come = await batches.next()) list.push(...come)
    return list
  } finally {
    await batches.close()
  }
}

const whole = frames.map((frame) => `event: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`).join('')

describe('readResponse', () => {
  it('reads the same frames however the bytes are cut and the lines end', async () => {
    const cuts = fc.array(fc.nat(2000), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(cuts, fc.constantFrom('\n', '\r\n', '\r'), async (places, newline) => {
        expect(await read(response(whole.replaceAll('\n', newline), places))).toEqual(frames)
      }),
    )
  })

  it('reads a last event without its blank line', async () => {
    expect(await read(response(whole.trimEnd(), []))).toEqual(frames)
  })

  it('gives no frame of a last event that is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        const seen = await read(response(whole.slice(0, length), []))
        expect(seen).toEqual(frames.slice(0, seen.length))
      }),
    )
  })

  it('takes the name of an event for the type of a frame without one', async () => {
    const text = 'event: ping\ndata: {}\n\nevent: error\ndata: {"error":{"type":"api_error","message":"x"}}\n\n'
    expect(await read(response(text, []))).toEqual([
      { type: 'ping' },
      { type: 'error', error: { type: 'api_error', message: 'x' } },
    ])
  })

  it('pulls no further than it is asked', async () => {
    let pulled = 0
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled++
          controller.enqueue(encoder.encode(`data: {"type":"ping","count":${pulled}}\n\n`))
        },
      },
      { highWaterMark: 0 },
    )
    const seen = readResponse(new Response(body))
    for (let count = 1; count <= 5; count++) {
      expect([...((await seen.next()) ?? [])]).toMatchObject([{ count }])
      expect(pulled).toBe(count)
    }
    await seen.close()
  })

  it('reads what comes behind the last frame, for the connection serves the next call then', async () => {
    const cancel = vi.fn<() => void>()
    const closed = Promise.withResolvers<void>()
    const pieces = [whole, '\n'].map((text) => encoder.encode(text))
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const piece = pieces.shift()
          if (piece !== undefined) return controller.enqueue(piece)
          controller.close()
          closed.resolve()
        },
        cancel,
      },
      { highWaterMark: 0 },
    )
    expect(await read(new Response(body))).toEqual(frames)
    await closed.promise
    expect(cancel).not.toHaveBeenCalled()
  })

  it('closes the connection of an answer that is whole and is left before it is read', async () => {
    const cancel = vi.fn<() => void>()
    const headers = { 'content-type': 'application/json' }
    await readResponse(new Response(new ReadableStream({ cancel }), { headers })).close()
    expect(cancel).toHaveBeenCalledOnce()
  })

  it('closes the connection of an event that is too long', async () => {
    const cancel = vi.fn<() => void>()
    const piece = encoder.encode('data: '.padEnd(2 ** 23, 'x'))
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(piece), cancel })
    await expect(read(new Response(body))).rejects.toMatchObject({ code: 'invalid_response' })
    expect(cancel).toHaveBeenCalledOnce()
  })

  it('refuses an answer without a body', async () => {
    await expect(read(new Response(null))).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'Claude answered with an empty body.',
    })
  })

  it('refuses an answer that is a page', async () => {
    const page = new Response('{', { headers: { 'content-type': 'application/json; charset=utf-8' } })
    await expect(read(page)).rejects.toMatchObject({ code: 'invalid_response' })
  })
})
