export interface Counts {
  readonly passed: number
  readonly failed: number
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** The counts of a JSON report: ours hold nothing else, vitest's does not count a file that could not be read. */
export function countReport(json: string): Counts {
  const report = JSON.parse(json) as Counts | VitestReport
  if (!('testResults' in report)) return { passed: report.passed, failed: report.failed }
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length }
}
