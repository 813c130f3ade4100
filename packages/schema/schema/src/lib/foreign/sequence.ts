import type { Check } from './run.ts'

/** Passes what passes every check. While issues are wanted all checks run, otherwise none after the first that fails. */
export function sequence(checks: readonly Check[]): Check {
  const [first, second, third] = checks
  if (first === undefined) return () => true
  if (second === undefined) return first
  if (third === undefined) {
    return (value, run, trail, marks) => {
      if (first(value, run, trail, marks)) return second(value, run, trail, marks)
      if (run.issues !== undefined) second(value, run, trail, marks)
      return false
    }
  }
  return (value, run, trail, marks) => {
    let passed = true
    for (let index = 0; index < checks.length; index += 1) {
      if ((checks[index] as Check)(value, run, trail, marks)) continue
      if (run.issues === undefined) return false
      passed = false
    }
    return passed
  }
}
