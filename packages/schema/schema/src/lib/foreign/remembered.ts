import type { Check, Run } from './run.ts'

/** How often a run goes round in recursive schemas before it starts to remember what it has found. */
const patience = 10_000

/**
 * A check that a schema reaches itself by. Where alternatives try the same part of a value again and again, time and issues
 * would grow exponentially with the depth of the value: in the long run each part is judged, and explained, once.
 */
export function remembered(check: Check): Check {
  return (value, run, trail, marks) => {
    run.rounds += 1
    if (run.rounds < patience || marks !== undefined || typeof value !== 'object' || value === null)
      return check(value, run, trail, marks)
    const verdicts = verdictsOf(check, run)
    const known = verdicts.get(value)
    if (known === 'passed') return true
    if (known === 'explained' || (known === 'refused' && run.issues === undefined)) return false
    const passed = check(value, run, trail, marks)
    verdicts.set(value, passed ? 'passed' : run.issues === undefined ? 'refused' : 'explained')
    return passed
  }
}

function verdictsOf(check: Check, run: Run): Map<object, 'passed' | 'refused' | 'explained'> {
  run.known ??= new Map()
  let verdicts = run.known.get(check)
  if (verdicts === undefined) {
    verdicts = new Map()
    run.known.set(check, verdicts)
  }
  return verdicts
}
