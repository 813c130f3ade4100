import { describe, expect, it } from 'vitest'
import { createVersion, lastsUntil } from './label-version.ts'

describe('a version', () => {
  it.each([0, 1, 1_700_000_000_000, 8.64e15, Infinity])('says that it lasts until %d', (until) => {
    expect(lastsUntil(createVersion('id', until))).toBe(until)
  })

  it.each(['', 'id', '~', 'id~', 'id~1.5', 'id~-1', 'id~99999999999999999999', 'a~1~x'])(
    'that does not say, as %j, lasts for ever',
    (version) => {
      expect(lastsUntil(version)).toBe(Infinity)
    },
  )
})
