import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resumedBytes } from './resumed-bytes.ts'

const bytes = Uint8Array.from({ length: 100 }, (_, index) => index)

/** Breaks after so many bytes, each time one entry. */
function cutting(cuts: number[], opened: number[] = []) {
  return async function* (position: number): AsyncGenerator<Uint8Array> {
    opened.push(position)
    const cut = cuts.shift() ?? bytes.length
    const end = Math.min(bytes.length, position + cut)
    for (let at = position; at < end; at += 7) yield bytes.subarray(at, Math.min(at + 7, end))
    if (end < bytes.length) throw new Error('cut')
  }
}

async function* ended(): AsyncGenerator<Uint8Array> {}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<number[]> {
  const found: number[] = []
  for await (const piece of stream) found.push(...piece)
  return found
}

describe('resumedBytes', () => {
  const noWait = { now: () => 0, sleep: async () => {} }

  it('goes on where it broke off', async () => {
    const opened: number[] = []
    const stream = resumedBytes({
      open: cutting([10, 0, 0, 31], opened),
      head: bytes.subarray(0, 5),
      size: 100,
      clock: noWait,
    })
    expect(await collect(stream)).toEqual([...bytes])
    expect(opened).toEqual([5, 15, 15, 15, 46])
  })

  it('gives all bytes once and in order, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 100 }),
        async (cuts, known) => {
          const head = bytes.subarray(0, known)
          expect(await collect(resumedBytes({ open: cutting([...cuts]), head, size: 100, clock: noWait }))).toEqual([
            ...bytes,
          ])
        },
      ),
    )
  })

  it('gives up after as many attempts without a byte, with the last error', async () => {
    const opened: number[] = []
    const stream = resumedBytes({ open: cutting([1, 0, 0, 0], opened), attempts: 3, clock: noWait })
    await expect(collect(stream)).rejects.toThrow('cut')
    expect(opened).toEqual([0, 1, 1])
  })

  it('takes an end before the size for a cut, and waits twice as long each time', async () => {
    const waits: number[] = []
    const clock = { now: () => 0, sleep: async (ms: number) => void waits.push(ms) }
    const stream = resumedBytes({ open: ended, size: 9, attempts: 4, clock, random: () => 0.5 })
    await expect(collect(stream)).rejects.toThrow('the body ended after 0 of 9 bytes')
    expect(waits).toEqual([125, 250, 500])
  })

  it('does not go on after an error that will stay, nor after an abort', async () => {
    const stop = resumedBytes({ open: cutting([3]), isResumable: () => false, clock: noWait })
    await expect(collect(stop)).rejects.toThrow('cut')
    const controller = new AbortController()
    const stream = resumedBytes({ open: cutting([]), signal: controller.signal, clock: noWait })
    await stream.next()
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(stream.next()).rejects.toBe(reason)
  })

  it('closes the stream that is left', async () => {
    let closed = 0
    async function* open(): AsyncGenerator<Uint8Array> {
      try {
        yield bytes
        yield bytes
      } finally {
        closed++
      }
    }
    for await (const piece of resumedBytes({ open })) if (piece.length > 0) break
    expect(closed).toBe(1)
  })
})
