import { expect, it } from 'vitest'
import { formatDuration } from './format-duration.ts'

it.each([
  [0, '0 ms'],
  [0.2, '<1 ms'],
  [999.4, '999 ms'],
  [999.5, '1 s'],
  [1250, '1.25 s'],
  [59_999, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [11_040_000, '3 h 4 min'],
])('formatDuration(%d) is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})
