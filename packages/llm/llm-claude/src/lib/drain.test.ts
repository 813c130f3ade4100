import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drain } from './drain.ts'

/** A body, and whether it was canceled. */
function open(pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>) {
  const cancel = vi.fn<() => void>()
  const body = new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 })
  return { reader: body.getReader(), cancel }
}

describe('drain', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('reads to an end that is near', async () => {
    let left = 3
    const { reader, cancel } = open((controller) =>
      left-- > 0 ? controller.enqueue(new Uint8Array(9)) : controller.close(),
    )
    await drain(reader)
    expect(cancel).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('cuts off what does not end', async () => {
    const { reader, cancel } = open((controller) => controller.enqueue(new Uint8Array(10_000)))
    await drain(reader)
    expect(cancel).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('cuts off what does not come in a second', async () => {
    const { reader, cancel } = open(() => new Promise(() => {}))
    const drained = drain(reader)
    await vi.advanceTimersByTimeAsync(999)
    expect(cancel).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await drained
    expect(cancel).toHaveBeenCalledOnce()
  })

  it('takes a connection that breaks for an end', async () => {
    const { reader } = open(() => {
      throw new Error('broken')
    })
    await expect(drain(reader)).resolves.toBeUndefined()
  })
})
