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

  it('at each point of its pipelines leaves nothing lost or doubled', async () => {
    let killAt = 0
    while (await killAnswers(killAt)) killAt++
    expect(killAt).toBeGreaterThan(30)
  })
})
