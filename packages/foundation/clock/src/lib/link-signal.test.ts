import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { linkSignal } from './link-signal.ts'

describe('linkSignal', () => {
  it('is aborted with the other signal, for the same reason', () => {
    const controller = new AbortController()
    const { signal } = linkSignal(controller.signal)
    expect(signal.aborted).toBe(false)
    controller.abort('enough')
    expect(signal.reason).toBe('enough')
    expect(linkSignal(controller.signal).signal.reason).toBe('enough')
  })

  it('is aborted alone', () => {
    const controller = new AbortController()
    const link = linkSignal(controller.signal)
    link.abort('left')
    controller.abort('enough')
    expect(link.signal.reason).toBe('left')
    const free = linkSignal(undefined)
    free.unlink()
    free.abort()
    expect(free.signal.reason).toMatchObject({ name: 'AbortError' })
  })

  it('leaves no listener once it is unlinked', () => {
    const controller = new AbortController()
    const { signal, unlink } = linkSignal(controller.signal)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
    unlink()
    unlink()
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    controller.abort()
    expect(signal.aborted).toBe(false)
  })
})
