import type { StandardSchemaV1 } from '@standard-schema/spec'
import { InvalidValueError } from '../invalid-value-error.ts'
import type { Validator } from '../validator.ts'
import type { Verdict } from '../verdict.ts'
import { createRun, type Check, type ForeignIssue } from './run.ts'

/** The validator that a compiled document becomes. */
export function createForeignValidator(compiled: Check): Validator {
  function is(value: unknown): value is unknown {
    try {
      return compiled(value, createRun(undefined), undefined, undefined)
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
  }

  function issuesOf(value: unknown): ForeignIssue[] {
    const issues: ForeignIssue[] = []
    try {
      compiled(value, createRun(issues), undefined, undefined)
      return issues
    } catch (error) {
      if (error instanceof RangeError) return [tooDeep]
      throw error
    }
  }

  function check(value: unknown): Verdict {
    return is(value) ? { ok: true, value } : { ok: false, issues: issuesOf(value) }
  }

  const standard: StandardSchemaV1.Props = {
    version: 1,
    vendor: 'empire',
    validate: (value) => (is(value) ? { value } : { issues: issuesOf(value) }),
  }
  return Object.freeze({
    is,
    check,
    parse: (value: unknown) => {
      if (is(value)) return value
      throw new InvalidValueError(issuesOf(value), value)
    },
    '~standard': standard,
  })
}

/** The stack ended before the value did: nothing can be said of it, so it does not pass. */
const tooDeep: ForeignIssue = Object.freeze({
  code: 'too_deep',
  path: [],
  message: 'Invalid input: expected a value that is less deeply nested, received one that cannot be checked',
  keyword: '$ref',
  schemaLocation: '#',
})
