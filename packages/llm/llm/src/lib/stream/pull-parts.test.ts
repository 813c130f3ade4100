import { describe, expect, it } from 'vitest'
import type { StreamPart } from '../stream-part.ts'
import type { PartSource } from './part-source.ts'
import { pullParts } from './pull-parts.ts'

const part: StreamPart = { type: 'text-start' }

/** A source of so many parts, each given before its pull returns, or a moment later. */
function createSource(count: number, { late = false } = {}) {
  const told = { pulls: 0, closes: 0 }
  const source: PartSource = {
    pull(sink) {
      const answer = told.pulls++ < count ? () => sink.part(part) : () => sink.end()
      if (late) queueMicrotask(answer)
      else answer()
    },
    close: () => void told.closes++,
  }
  return { source, told }
}

describe('pullParts', () => {
  it.each([true, false])(
    'shows each part once, needs no stack for them, and closes nothing (late: %j)',
    async (late) => {
      const { source, told } = createSource(100_000, { late })
      let seen = 0
      await pullParts(source, () => {
        seen++
        return false
      })
      expect(seen).toBe(100_000)
      expect(told).toEqual({ pulls: 100_001, closes: 0 })
    },
  )

  it.each([true, false])('stops when it has seen enough, and leaves the source open (late: %j)', async (late) => {
    const { source, told } = createSource(10, { late })
    await pullParts(source, () => told.pulls === 3)
    expect(told).toEqual({ pulls: 3, closes: 0 })
  })

  it.each([true, false])('closes the source before it tells what seeing a part has thrown (late: %j)', async (late) => {
    const { source, told } = createSource(10, { late })
    const failure = new Error('no')
    const pulled = pullParts(source, () => {
      if (told.pulls < 3) return false
      throw failure
    })
    await expect(pulled).rejects.toBe(failure)
    expect(told).toEqual({ pulls: 3, closes: 1 })
  })

  it('tells the first failure where the source cannot be closed either', async () => {
    const { source } = createSource(10)
    const failing = { ...source, close: () => Promise.reject(new Error('stuck')) }
    const pulled = pullParts(failing, () => {
      throw new Error('no')
    })
    await expect(pulled).rejects.toThrow('no')
  })

  it('rejects with what the source fails with, and does not close it again', async () => {
    const { source, told } = createSource(0)
    await expect(pullParts({ ...source, pull: (sink) => sink.fail('broken') }, () => false)).rejects.toBe('broken')
    expect(told.closes).toBe(0)
  })
})
