import { describe, expect, it } from 'vitest'
import { type ConformanceCase, runConformance } from './run-conformance.ts'

const passes: ConformanceCase = { name: 'keeps order', run: () => {} }
const fails: ConformanceCase = { name: 'keeps count', run: () => Promise.reject(new Error('3 is not 2')) }

/** A runner that only writes down what it is told. */
function createRunner(): {
  titles: string[]
  tests: { name: string; run: () => Promise<void> }[]
  describe: (title: string, define: () => void) => void
  it: (name: string, run: () => Promise<void>) => void
} {
  const titles: string[] = []
  const tests: { name: string; run: () => Promise<void> }[] = []
  return {
    titles,
    tests,
    describe(title, define) {
      titles.push(title)
      define()
    },
    it: (name, run) => tests.push({ name, run }),
  }
}

describe('runConformance with a runner', () => {
  it('defines a test for each case', async () => {
    const { titles, tests, ...runner } = createRunner()
    runConformance([passes, fails], { ...runner, title: 'memory store' })
    expect(titles).toEqual(['memory store'])
    expect(tests.map(({ name }) => name)).toEqual(['keeps order', 'keeps count'])
    await expect(tests[0]?.run()).resolves.toBeUndefined()
    await expect(tests[1]?.run()).rejects.toThrow('3 is not 2')
  })

  it('does without a group', () => {
    const { tests, it: define } = createRunner()
    runConformance([passes], { it: define })
    expect(tests).toHaveLength(1)
  })

  it('expects a declared gap to fail', async () => {
    const { tests, it: define } = createRunner()
    const gaps = { 'keeps order': 'has none', 'keeps count': 'counts roughly' }
    runConformance([passes, fails], { it: define, gaps })
    expect(tests.map(({ name }) => name)).toEqual(['keeps order (gap: has none)', 'keeps count (gap: counts roughly)'])
    await expect(tests[0]?.run()).rejects.toThrow('"keeps order" passes, though it is declared as a gap.')
    await expect(tests[1]?.run()).resolves.toBeUndefined()
  })
})

describe('runConformance without a runner', () => {
  it('runs all cases, in order, one after the other', async () => {
    const ran: string[] = []
    const slow = async (name: string): Promise<void> => {
      await Promise.resolve()
      ran.push(name)
    }
    await runConformance(['a', 'b', 'c'].map((name) => ({ name, run: () => slow(name) })))
    expect(ran).toEqual(['a', 'b', 'c'])
  })

  it('names every case that fails', async () => {
    const other = { name: 'keeps time', run: () => expect.fail('too late') }
    await expect(runConformance([fails, passes, other])).rejects.toMatchObject({
      code: 'conformance_failed',
      message: 'Expected all 3 cases to pass, got 2 that fail:\n- keeps count: 3 is not 2\n- keeps time: too late',
      details: { failed: ['keeps count', 'keeps time'], total: 3 },
      cause: { errors: [{ message: '3 is not 2' }, { message: 'too late' }] },
    })
  })
})

describe('runConformance', () => {
  it.each([
    [[], {}, '"cases" must be an array with at least one case, got an empty array.'],
    [[passes, passes], {}, '"cases" must have names of their own, got "keeps order" twice.'],
    [[{ name: 'no run' }] as never, {}, '"cases" must be objects with a text "name" and a function "run".'],
    [[passes], { gaps: { 'keeps orders': 'typo' } }, '"gaps" must name cases of the suite, got "keeps orders".'],
  ])('refuses what would silently test nothing (%#)', (cases, options, message) => {
    expect(() => runConformance(cases, options)).toThrow(message)
  })
})
