import { describe, expect, it } from 'vitest'
import { formatPath } from './format-path.ts'

describe('formatPath', () => {
  it.each([
    [['user', 'name'], 'user.name'],
    [['items', 0, 'title'], 'items[0].title'],
    [['a', 'x y', -1], 'a["x y"][-1]'],
    [['größe', 'b-c'], 'größe.b-c'],
    [['a', '"]'], 'a["\\"]"]'],
  ])('of %j is %s', (path, text) => {
    expect(formatPath(path)).toBe(text)
  })
})
