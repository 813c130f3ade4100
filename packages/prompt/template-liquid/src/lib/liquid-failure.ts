import { TemplateError, type TemplateErrorCode } from '@empire/template'
import { AssertionError, LiquidError, type Token, TypeGuards } from 'liquidjs'

const engine = 'liquid'

/** How much of a message is shown: those of liquidjs quote whole tags. */
const longestProblem = 300

const limits: Readonly<Record<string, string>> = {
  'parse length limit exceeded': 'parseLimit',
  'memory alloc limit exceeded': 'memoryLimit',
  'template render limit exceeded': 'renderLimit',
}

/** What was thrown, as a `TemplateError` with the place in the template. `nameOf` tells a template's name by its text. */
export function toTemplateError(error: unknown, nameOf: (text: string) => string | undefined): TemplateError {
  const cause = LiquidError.is(error) ? (error.originalError ?? error) : error
  const { code, problem, details } = diagnose(error, cause)
  const token = LiquidError.is(error) ? error.token : undefined
  return new TemplateError(code, problem, {
    engine,
    template: token && (nameOf(token.input) ?? token.file),
    at: token && { source: token.input, offset: token.begin },
    details,
    cause,
  })
}

interface Diagnosis {
  readonly code: TemplateErrorCode
  readonly problem: string
  readonly details?: Readonly<Record<string, unknown>>
}

function diagnose(error: unknown, cause: unknown): Diagnosis {
  if (cause instanceof TemplateError) return cause
  if (cause instanceof AssertionError && Object.hasOwn(limits, cause.message)) return overLimit(limits[cause.message])
  if (cause instanceof RangeError && /call stack/i.test(cause.message)) return overLimit('depth')
  if (cause instanceof RangeError && /string length|array length/i.test(cause.message)) return overLimit('memoryLimit')
  if (!LiquidError.is(error)) return { code: 'template_render', problem: sentence(messageOf(error)) }
  const variable = undefinedVariable(error)
  if (variable !== undefined) return notDefined(variable)
  const code =
    error.name === 'RenderError' || error.name === 'UndefinedVariableError' ? 'template_render' : 'template_syntax'
  return { code, problem: sentence(cause === error ? withoutPlace(error) : messageOf(cause)) }
}

function overLimit(limit = 'memoryLimit'): Diagnosis {
  const problem =
    limit === 'depth'
      ? 'The template is nested too deeply, or includes itself without end.'
      : `The template exceeds "${limit}". Make it smaller, or raise the limit if you trust it.`
  return { code: 'template_limit_exceeded', problem, details: { limit } }
}

function notDefined(variable: string): Diagnosis {
  const name = shorten(variable)
  return {
    code: 'template_undefined_variable',
    problem: `The variable "${name}" is not defined. Pass it in the assigns, or give it a default: {{ ${name} | default: "" }}.`,
    details: { variable },
  }
}

/**
 * How far the path is defined, or all of it where keys are taken from values: those must not get into a message.
 *
 * liquidjs takes whatever a getter throws for an undefined variable too.
 */
function undefinedVariable({ originalError: error, token }: LiquidError): string | undefined {
  if (error?.name !== 'InternalUndefinedVariableError' || !('variableName' in error)) return undefined
  const isStatic = TypeGuards.isPropertyAccessToken(token) && token.props.every((prop) => isStaticKey(prop))
  return isStatic ? String(error.variableName) : token.getText()
}

function isStaticKey(prop: Token): boolean {
  return TypeGuards.isWordToken(prop) || TypeGuards.isQuotedToken(prop) || TypeGuards.isNumberToken(prop)
}

/** liquidjs appends the place to its messages. */
function withoutPlace({ message, token }: LiquidError): string {
  const place = message.lastIndexOf(token.file === undefined ? ', line:' : `, file:${token.file}, line:`)
  return place === -1 ? message : message.slice(0, place)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something that is no error was thrown'
}

function sentence(message: string): string {
  const text = shorten(message)
  return text.slice(0, 1).toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.')
}

function shorten(text: string): string {
  return text.length <= longestProblem ? text : `${text.slice(0, longestProblem)}…`
}
