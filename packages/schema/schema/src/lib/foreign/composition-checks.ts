import { isJsonSchema, type JsonSchema } from '../json-schema.ts'
import type { ChecksByType, SchemaContext } from './schema-context.ts'
import { addMarks, createMarks, silently, type Check, type ForeignIssue, type Marks, type Run } from './run.ts'

/** `allOf`, `anyOf`, `oneOf`, `not`, and `if` with its branches. */
export function compositionChecks(context: SchemaContext, { any }: ChecksByType): void {
  const { schema, compile } = context
  const members = (keyword: string): Check[] | undefined => {
    const list = schema[keyword]
    return Array.isArray(list) ? list.map((member, index) => compile(member as JsonSchema, keyword, index)) : undefined
  }
  const all = members('allOf')
  const some = members('anyOf')
  const one = members('oneOf')
  if (all !== undefined) any.push(...all)
  if (some !== undefined) any.push(anyOfCheck(some, context))
  if (one !== undefined) any.push(oneOfCheck(one, context))
  if (isJsonSchema(schema['not'])) any.push(notCheck(compile(schema['not'], 'not'), context))
  any.push(...conditionChecks(context))
}

/** Runs a branch that may fail: what it looked at counts only if it passes. */
function attempt(check: Check, value: unknown, run: Run, marks: Marks | undefined): boolean {
  if (marks === undefined) return silently(check, value, run, undefined)
  const own = createMarks()
  if (!silently(check, value, run, own)) return false
  addMarks(marks, own)
  return true
}

function anyOfCheck(branches: readonly Check[], { report }: SchemaContext): Check {
  const reporter = report('anyOf')
  return (value, run, trail, marks) => {
    let passed = false
    for (const branch of branches) {
      if (!attempt(branch, value, run, marks)) continue
      // With marks, the other branches may have looked at more.
      if (marks === undefined) return true
      passed = true
    }
    if (passed) return true
    return (
      run.issues !== undefined &&
      reporter(
        run,
        trail,
        value,
        { code: 'invalid_union', errors: errorsOf(branches, value, run) },
        () => `a value that fits one of ${branches.length} options`,
      )
    )
  }
}

function oneOfCheck(branches: readonly Check[], { report }: SchemaContext): Check {
  const reporter = report('oneOf')
  return (value, run, trail, marks) => {
    const fitting: number[] = []
    for (let index = 0; index < branches.length; index += 1) {
      if (!attempt(branches[index] as Check, value, run, marks)) continue
      fitting.push(index)
      if (fitting.length > 1 && run.issues === undefined) return false
    }
    if (fitting.length === 1) return true
    if (run.issues === undefined) return false
    if (fitting.length === 0) {
      return reporter(
        run,
        trail,
        value,
        { code: 'invalid_union', errors: errorsOf(branches, value, run) },
        () => `a value that fits one of ${branches.length} options`,
      )
    }
    return reporter(
      run,
      trail,
      value,
      { code: 'invalid_union', errors: [] },
      () => `a value that fits only one of ${branches.length} options (it fits options ${fitting.join(', ')})`,
    )
  }
}

/** The issues of each branch, with paths that start at the value. */
function errorsOf(branches: readonly Check[], value: unknown, run: Run): ForeignIssue[][] {
  const { issues } = run
  const errors = branches.map((branch) => {
    const own: ForeignIssue[] = []
    run.issues = own
    branch(value, run, undefined, undefined)
    return own
  })
  run.issues = issues
  return errors
}

function notCheck(check: Check, { report }: SchemaContext): Check {
  const reporter = report('not')
  return (value, run, trail) =>
    !silently(check, value, run, undefined) ||
    reporter(run, trail, value, { code: 'invalid_value' }, () => 'a value that does not fit the schema under "not"')
}

function conditionChecks({ schema, compile }: SchemaContext): Check[] {
  const { if: condition, then: consequence, else: alternative } = schema
  if (!isJsonSchema(condition)) return []
  const test = compile(condition, 'if')
  const then = isJsonSchema(consequence) ? compile(consequence, 'then') : undefined
  const otherwise = isJsonSchema(alternative) ? compile(alternative, 'else') : undefined
  return [
    (value, run, trail, marks) => {
      const branch = attempt(test, value, run, marks) ? then : otherwise
      return branch === undefined || branch(value, run, trail, marks)
    },
  ]
}
