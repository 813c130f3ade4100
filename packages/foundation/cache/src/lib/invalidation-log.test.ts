import { describe, expect, it } from 'vitest'
import { InvalidationLog } from './invalidation-log.ts'

describe('InvalidationLog', () => {
  it('tells what has changed since, and what has not', () => {
    const log = new InvalidationLog()
    const before = log.begin()
    log.end(['ka', 'tb'])
    const after = log.begin()
    expect(log.changedSince(before, ['ka'])).toBe(true)
    expect(log.changedSince(before, ['kc', 'tb'])).toBe(true)
    expect(log.changedSince(before, ['kc'])).toBe(false)
    expect(log.changedSince(after, ['ka', 'tb'])).toBe(false)
    log.endAll()
    expect(log.changedSince(after, ['kc'])).toBe(true)
  })

  it('remembers tens of thousands of changes, and of more only takes what began long before for outdated', () => {
    const log = new InvalidationLog()
    const first = log.begin()
    for (let index = 0; index < 60_000; index++) log.end([`k${index}`])
    expect(log.changedSince(first, ['other'])).toBe(false)
    const late = log.begin()
    for (let index = 0; index < 10_000; index++) log.end([`t${index}`])
    expect(log.changedSince(first, ['other'])).toBe(true)
    expect(log.changedSince(late, ['other'])).toBe(false)
    expect(log.changedSince(late, ['t0'])).toBe(true)
  })

  it('never forgets a change that what began before it can ask about', () => {
    const log = new InvalidationLog()
    log.end(['early'])
    const moment = log.begin()
    log.end(['early'])
    const forgotten = Array.from({ length: 200_000 }, (_, index) => index).filter((index) => {
      log.end([`k${index}`])
      return !log.changedSince(moment, ['early'])
    })
    expect(forgotten).toEqual([])
  })
})
