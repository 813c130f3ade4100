import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { abortable } from './abortable.ts'

describe('abortable', () => {
  it('ends as the work does, and leaves no listener', async () => {
    const { signal } = new AbortController()
    const error = new Error('broken')
    expect(await abortable(Promise.resolve(1), signal)).toBe(1)
    expect(await abortable(2, signal)).toBe(2)
    await expect(abortable(Promise.reject(error), signal)).rejects.toBe(error)
    expect(await abortable(Promise.resolve(3), undefined)).toBe(3)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('ends with the reason of the signal, whatever becomes of the work', async () => {
    const controller = new AbortController()
    const { promise, reject } = Promise.withResolvers<never>()
    const waiting = abortable(promise, controller.signal)
    controller.abort('enough')
    reject(new Error('heard by nobody'))
    await expect(waiting).rejects.toBe('enough')
    await expect(abortable(1, controller.signal)).rejects.toBe('enough')
  })
})
