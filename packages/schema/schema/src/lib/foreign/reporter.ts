import { describeValue } from '@empire/errors'
import { isSecretName } from '@empire/redaction'
import type { Issue } from '../issue.ts'
import { pathOf, type ForeignIssue, type Run, type Trail } from './run.ts'

/** What an issue says beside its path and its words. */
export type IssueFacts = Omit<Issue, 'path' | 'message'>

/** Notes an issue, if issues are wanted, and returns false: the verdict of the check that calls it. */
export type Reporter = (
  run: Run,
  trail: Trail | undefined,
  value: unknown,
  facts: IssueFacts,
  expected: () => string,
) => false

export function createReporter(keyword: string, schemaLocation: string): Reporter {
  return (run, trail, value, facts, expected) => {
    if (run.issues !== undefined) {
      const path = pathOf(trail)
      const secret = path.some((key) => typeof key === 'string' && isSecretName(key))
      const received = secret ? '[redacted]' : describeValue(value)
      const issue: ForeignIssue = {
        ...facts,
        path,
        message: `Invalid input: expected ${expected()}, received ${received}`,
        keyword,
        schemaLocation,
      }
      run.issues.push(issue)
    }
    return false
  }
}
