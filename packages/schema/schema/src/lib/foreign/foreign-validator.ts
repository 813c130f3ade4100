import type { StandardSchemaV1 } from '@standard-schema/spec'
import { InvalidValueError } from '../invalid-value-error.ts'
import type { Validator } from '../validator.ts'
import type { Verdict } from '../verdict.ts'
import { isAboutDepth, isAboutStack, tooDeepIssue } from '../too-deep.ts'
import { InvalidJsonSchemaError } from './invalid-json-schema-error.ts'
import { createRun, type Check, type ForeignIssue } from './run.ts'

/** The validator that a compiled document becomes. */
export function createForeignValidator(compiled: Check): Validator {
  function is(value: unknown): value is unknown {
    try {
      return compiled(value, createRun(undefined), undefined, undefined)
    } catch (error) {
      if (isAboutDepth(error, value)) return false
      throw explained(error)
    }
  }

  function issuesOf(value: unknown): ForeignIssue[] {
    const issues: ForeignIssue[] = []
    try {
      compiled(value, createRun(issues), undefined, undefined)
      return issues
    } catch (error) {
      if (isAboutDepth(error, value)) return [tooDeep]
      throw explained(error)
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

const tooDeep: ForeignIssue = Object.freeze({ ...tooDeepIssue, keyword: '$ref', schemaLocation: '#' })

/** What a dynamic reference means may be the very schema that holds it. */
function explained(error: unknown): unknown {
  if (!isAboutStack(error)) return error
  return new InvalidJsonSchemaError('#', 'it leads back to itself about the same value, which never ends.', error)
}
