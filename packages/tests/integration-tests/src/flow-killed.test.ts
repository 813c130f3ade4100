import { describe, expect, it } from 'vitest'
import { killAnswers, killIngestion } from './flow/kill-and-resume.ts'

// Only what was at work is done again: it cannot be known whether it was done.
describe('a process that is killed with SIGKILL', () => {
  it('in the middle of ingestion, three times over, leaves nothing lost or doubled', { timeout: 60_000 }, async () => {
    const { resumed, whole } = await killIngestion([1, 20, 5])
    expect(resumed).toEqual(whole)
  })

  it.each([
    ['of three questions has an answer that is in no journal', 7, { asked: 4, published: 3 }],
    ['of three answers has published one that is in no journal', 23, { asked: 3, published: 4 }],
  ])('and %s is resumed, and each is there once', { timeout: 60_000 }, async (_, killAt, times) => {
    expect(await killAnswers(killAt)).toEqual(times)
  })
})
