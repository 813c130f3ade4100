import { describe, expect, it } from 'vitest'
import { killAndResume } from './resume.kill.test.ts'

describe('a run that is killed with SIGKILL anywhere', () => {
  it.each(['ends well', 'fails'] as const)('goes on where it was, and %s', async (mode) => {
    let point = 0
    while (await killAndResume(point, mode)) point++
    expect(point).toBeGreaterThan(40)
  })
})
