import { codePointLength, isAtLeastLong, isAtMostLong } from './code-point-length.ts'
import type { ChecksByType, SchemaContext } from './schema-context.ts'
import { isMultipleOf } from './is-multiple-of.ts'
import type { IssueFacts } from './reporter.ts'
import type { Check } from './run.ts'

type Test = (value: number) => boolean

/** The keywords about numbers and texts. */
export function scalarChecks(context: SchemaContext, checks: ChecksByType): void {
  const bounds: readonly [string, IssueFacts['code'], boolean, (bound: number) => Test, string][] = [
    ['minimum', 'too_small', true, (bound) => (value) => value >= bound, 'at least'],
    ['exclusiveMinimum', 'too_small', false, (bound) => (value) => value > bound, 'more than'],
    ['maximum', 'too_big', true, (bound) => (value) => value <= bound, 'at most'],
    ['exclusiveMaximum', 'too_big', false, (bound) => (value) => value < bound, 'less than'],
  ]
  for (const [keyword, code, inclusive, within, words] of bounds) {
    const bound = context.schema[keyword]
    if (typeof bound !== 'number') continue
    const facts = { code, origin: 'number', inclusive, [code === 'too_small' ? 'minimum' : 'maximum']: bound }
    const reporter = context.report(keyword)
    const holds = within(bound)
    checks.number.push(
      (value, run, trail) =>
        holds(value as number) || reporter(run, trail, value, facts, () => `a number of ${words} ${bound}`),
    )
  }
  const { multipleOf } = context.schema
  if (typeof multipleOf === 'number') {
    const reporter = context.report('multipleOf')
    const facts = { code: 'not_multiple_of', divisor: multipleOf }
    checks.number.push(
      (value, run, trail) =>
        isMultipleOf(value as number, multipleOf) ||
        reporter(run, trail, value, facts, () => `a multiple of ${multipleOf}`),
    )
  }
  checks.string.push(...lengthChecks(context), ...patternChecks(context))
}

function lengthChecks({ schema, report }: SchemaContext): Check[] {
  const { minLength, maxLength } = schema
  const checks: Check[] = []
  if (typeof minLength === 'number') {
    const reporter = report('minLength')
    const facts = { code: 'too_small', origin: 'string', inclusive: true, minimum: minLength }
    checks.push(
      (value, run, trail) =>
        isAtLeastLong(value as string, minLength) ||
        reporter(
          run,
          trail,
          value,
          facts,
          () => `at least ${minLength} characters (got ${codePointLength(value as string)})`,
        ),
    )
  }
  if (typeof maxLength === 'number') {
    const reporter = report('maxLength')
    const facts = { code: 'too_big', origin: 'string', inclusive: true, maximum: maxLength }
    checks.push(
      (value, run, trail) =>
        isAtMostLong(value as string, maxLength) ||
        reporter(
          run,
          trail,
          value,
          facts,
          () => `at most ${maxLength} characters (got ${codePointLength(value as string)})`,
        ),
    )
  }
  return checks
}

function patternChecks({ schema, report, options, refuse }: SchemaContext): Check[] {
  const { pattern } = schema
  if (typeof pattern !== 'string') return []
  const expression = readPattern(options.readPattern, pattern, (problem) => refuse('pattern', problem))
  const reporter = report('pattern')
  const facts = { code: 'invalid_format', origin: 'string', format: 'regex', pattern }
  return [
    (value, run, trail) =>
      expression.test(value as string) || reporter(run, trail, value, facts, () => `a text that matches ${pattern}`),
  ]
}

/** Reads a regular expression of a document, or refuses the document. */
export function readPattern<Expression>(
  read: (source: string) => Expression,
  source: string,
  refuse: (problem: string) => never,
): Expression {
  try {
    return read(source)
  } catch {
    return refuse(`expected a regular expression, got ${JSON.stringify(source)}.`)
  }
}
