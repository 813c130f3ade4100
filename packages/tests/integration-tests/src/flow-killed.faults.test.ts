import { describe, expect, it } from 'vitest'
import { killAnswers, killIngestion } from './flow/kill-and-resume.ts'

describe('a process that is killed with SIGKILL', () => {
  it('after each document of an ingestion leaves nothing lost or doubled', async () => {
    for (let killAt = 1; killAt <= 40; killAt++) {
      const { resumed, whole } = await killIngestion([killAt])
      expect(resumed).toEqual(whole)
    }
    const { resumed, whole } = await killIngestion([1, 2, 3, 4, 5, 6, 7, 8])
    expect(resumed).toEqual(whole)
  })

  it('at each point of three runs does again only what was at work', async () => {
    let points = 0
    for (let times = await killAnswers(points); times !== undefined; times = await killAnswers(++points)) {
      expect(times.asked + times.published).toBeLessThanOrEqual(7)
    }
    expect(points).toBe(39)
  })
})
