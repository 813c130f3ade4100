import { describe, expect, it } from 'vitest'
import { closestName } from './closest-name.ts'

describe('closestName', () => {
  it.each([
    ['prot', 'port'],
    ['databse', 'database'],
    ['poolsize', 'poolSize'],
    ['POOL_SIZE', 'poolSize'],
    ['hosts', 'host'],
    ['ports', 'port'],
    ['completely', undefined],
    ['xy', undefined],
    ['', undefined],
    ['p'.repeat(100_000), undefined],
  ])('takes %s for %s', (word, name) => {
    expect(closestName(word, ['host', 'port', 'database', 'poolSize'])).toBe(name)
  })

  it('prefers the name with fewer slips', () => {
    expect(closestName('porta', ['part', 'port'])).toBe('port')
  })

  it('has no suggestion where there are no names', () => {
    expect(closestName('port', [])).toBeUndefined()
  })
})
