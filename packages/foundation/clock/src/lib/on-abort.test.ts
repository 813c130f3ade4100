import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { onAbort } from './on-abort.ts'

describe('onAbort', () => {
  it('calls each callback once, in order', () => {
    const controller = new AbortController()
    const called: number[] = []
    for (const id of [1, 2, 3]) onAbort(controller.signal, () => called.push(id))
    controller.abort()
    expect(called).toEqual([1, 2, 3])
  })

  it('refuses what it cannot call, before there is anything to call it for', () => {
    expect(() => onAbort(new AbortController().signal, 'stop' as never)).toThrow(
      new TypeError('onAbort: "callback" must be a function, got string.'),
    )
  })

  it('does not call one that was taken back, also by another callback', () => {
    const controller = new AbortController()
    const called: number[] = []
    onAbort(controller.signal, () => stopSecond())
    const stopSecond = onAbort(controller.signal, () => called.push(2))
    onAbort(controller.signal, () => called.push(3))()
    controller.abort()
    expect(called).toEqual([])
  })

  it('has one listener on the signal for any number of callbacks, and none when all are taken back', () => {
    const { signal } = new AbortController()
    const stops = Array.from({ length: 1000 }, () => onAbort(signal, () => {}))
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    for (const stop of stops) stop()
    for (const stop of stops) stop()
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('calls at once when the signal is aborted already, and leaves no listener', () => {
    const signal = AbortSignal.abort()
    let calls = 0
    onAbort(signal, () => calls++)()
    expect(calls).toBe(1)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('calls the others though one throws, whose mistake is not lost', () => {
    const microtasks = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => {})
    const controller = new AbortController()
    const called: string[] = []
    const mistake = new Error('mistake')
    onAbort(controller.signal, () => {
      throw mistake
    })
    onAbort(controller.signal, () => called.push('other'))
    controller.abort()
    expect(called).toEqual(['other'])
    expect(() => microtasks.mock.calls[0]?.[0]()).toThrow(mistake)
    microtasks.mockRestore()
  })

  it('listens anew after all were taken back', () => {
    const controller = new AbortController()
    const called: string[] = []
    const stopFirst = onAbort(controller.signal, () => called.push('first'))
    stopFirst()
    onAbort(controller.signal, () => called.push('second'))
    stopFirst()
    controller.abort()
    expect(called).toEqual(['second'])
  })
})
