import { describeValue } from '@empire/errors'
import { ConformanceError } from './conformance-error.ts'

/** One promise of a contract, as the conformance doors of the packages export them. */
export interface ConformanceCase {
  readonly name: string
  /** Throws, or rejects, when the promise is not kept. */
  readonly run: () => unknown
}

/** What cannot be kept, and who runs the cases. */
export interface ConformanceOptions {
  /** Cases that the implementation cannot pass, by name, with the reason. They must fail: one that passes is a gap no more. Default: none. */
  readonly gaps?: Readonly<Record<string, string>> | undefined
}

/** The two functions of a test runner, as vitest, jest, mocha and `node:test` have them. */
export interface TestRunner {
  /** Groups the cases under a title. Default: no group. */
  readonly describe?: ((title: string, define: () => void) => unknown) | undefined
  /** Defines one test. */
  readonly it: (name: string, run: () => Promise<void>) => unknown
  /** The title of the group. Default: `conformance`. */
  readonly title?: string | undefined
}

/**
 * Defines a test for each case of a conformance suite with a test runner; or, without one, runs them at once, one
 * after the other.
 *
 * @throws {ConformanceError} without a runner, when cases fail: it names all of them.
 */
export function runConformance(cases: readonly ConformanceCase[], options: ConformanceOptions & TestRunner): void
export function runConformance(cases: readonly ConformanceCase[], options?: ConformanceOptions): Promise<void>
export function runConformance(
  cases: readonly ConformanceCase[],
  options: ConformanceOptions & Partial<TestRunner> = {},
): void | Promise<void> {
  const { gaps = {}, describe, it, title = 'conformance' } = options
  const tests = prepare(cases, gaps)
  if (it === undefined) return runNow(tests)
  const define = (): void => {
    for (const { name, run } of tests) it(name, run)
  }
  if (describe === undefined) define()
  else describe(title, define)
}

interface Test {
  readonly name: string
  readonly run: () => Promise<void>
}

function prepare(cases: readonly ConformanceCase[], gaps: Readonly<Record<string, string>>): Test[] {
  if (!Array.isArray(cases) || cases.length === 0) {
    throw new TypeError(`"cases" must be an array with at least one case, got ${describeValue(cases)}.`)
  }
  const names = new Set<string>()
  for (const { name, run } of cases as readonly ConformanceCase[]) {
    if (typeof name !== 'string' || typeof run !== 'function') {
      throw new TypeError(`"cases" must be objects with a text "name" and a function "run".`)
    }
    if (names.has(name)) throw new TypeError(`"cases" must have names of their own, got "${name}" twice.`)
    names.add(name)
  }
  const unknown = Object.keys(gaps).find((name) => !names.has(name))
  if (unknown !== undefined) throw new TypeError(`"gaps" must name cases of the suite, got "${unknown}".`)
  return cases.map(({ name, run }: ConformanceCase) =>
    Object.hasOwn(gaps, name)
      ? { name: `${name} (gap: ${gaps[name]})`, run: () => expectFailure(name, run) }
      : { name, run: async () => void (await run()) },
  )
}

async function expectFailure(name: string, run: () => unknown): Promise<void> {
  try {
    await run()
  } catch {
    return
  }
  throw new Error(`"${name}" passes, though it is declared as a gap. Take it off the list.`)
}

async function runNow(tests: readonly Test[]): Promise<void> {
  const failures: { name: string; error: unknown }[] = []
  for (const { name, run } of tests) {
    try {
      await run()
    } catch (error) {
      failures.push({ name, error })
    }
  }
  if (failures.length > 0) throw new ConformanceError(failures, tests.length)
}
