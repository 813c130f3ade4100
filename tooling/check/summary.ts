import type { PartResult } from './run-parts.ts'

const marks = { passed: '✓', failed: '✗', 'not run': '-' } as const

/** A row for each part with its time, and the counts. */
export function summarise(results: readonly PartResult[], milliseconds: number): string {
  const width = Math.max(...results.map(({ name }) => name.length))
  const rows = results.map(
    (result) =>
      `${marks[result.status]} ${result.name.padEnd(width)}  ${result.status.padEnd(7)}  ${seconds(result.milliseconds)}`,
  )
  const { passed, failed } = countResults(results)
  return [...rows, `${passed} passed, ${failed} failed in ${seconds(milliseconds).trim()}`].join('\n')
}

/** What could not run has not passed. */
export function countResults(results: readonly { readonly status: string }[]): { passed: number; failed: number } {
  const passed = results.filter(({ status }) => status === 'passed').length
  return { passed, failed: results.length - passed }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`.padStart(8)
}
