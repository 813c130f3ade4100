import { describe, expect, it } from 'vitest'
import { killAnswers, killIngestion } from './flow/kill-and-resume.ts'

describe('a process that is killed with SIGKILL', () => {
  it('in the middle of ingestion, three times over, leaves nothing lost or doubled', { timeout: 60_000 }, async () => {
    const { resumed, whole } = await killIngestion([1, 20, 5])
    expect(resumed).toEqual(whole)
  })

  it.each([11, 23])(
    'at point %i of its pipelines leaves nothing lost or doubled',
    { timeout: 60_000 },
    async (killAt) => {
      expect(await killAnswers(killAt)).toBe(true)
    },
  )
})
