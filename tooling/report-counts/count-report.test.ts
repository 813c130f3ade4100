import { describe, expect, it } from 'vitest'
import { countReport } from './count-report.ts'

describe('countReport', () => {
  it('reads our own reports', () => {
    expect(countReport('{"passed":12,"failed":1}')).toEqual({ passed: 12, failed: 1 })
  })

  it('reads a report of vitest, and counts a file that could not be read as failed', () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{}, {}] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'failed', assertionResults: [] },
      ],
    }
    expect(countReport(JSON.stringify(report))).toEqual({ passed: 7, failed: 2 })
  })
})
