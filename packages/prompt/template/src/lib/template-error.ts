import { EmpireError } from '@empire/errors'
import { excerptAt, positionAt } from './template-position.ts'

/** What kept a template from being rendered. */
export type TemplateErrorCode =
  | 'template_syntax'
  | 'template_not_found'
  | 'template_outside_root'
  | 'template_undefined_variable'
  | 'template_limit_exceeded'
  | 'template_render'
  | 'template_not_trusted'

/** What is known about a failure beside what it was. */
export interface TemplateErrorOptions {
  /** The name of the engine. */
  engine?: string | undefined
  /** The name or path of the template; nothing for an inline one without a name. */
  template?: string | undefined
  /** The text of the template and where in it, counted from 0 in UTF-16 units. */
  at?: { readonly source: string; readonly offset: number } | undefined
  /** Further facts for `details`. */
  details?: Readonly<Record<string, unknown>> | undefined
  /** The failure that led to this one. */
  cause?: unknown
}

/**
 * A template that cannot be found, read or rendered.
 *
 * The message ends with the place and the line of the template with a caret. `details` holds `engine`, `template`,
 * `line` and `column` as far as they are known. The values that were to be rendered are in neither.
 */
export class TemplateError extends EmpireError<TemplateErrorCode> {
  /** What was wrong and what to do, without the place. */
  readonly problem: string
  /** The name of the engine. */
  readonly engine: string | undefined
  /** The name or path of the template. */
  readonly template: string | undefined
  /** The line, counted from 1. */
  readonly line: number | undefined
  /** The column in UTF-16 units, counted from 1. */
  readonly column: number | undefined

  /** @param problem What was wrong and what to do, one or two sentences. */
  constructor(code: TemplateErrorCode, problem: string, options: TemplateErrorOptions = {}) {
    const { engine, template, at } = options
    const position = at === undefined ? undefined : positionAt(at.source, at.offset)
    const place = [
      position && `line ${position.line}, column ${position.column}`,
      template !== undefined && `template ${JSON.stringify(template)}`,
      engine !== undefined && `engine ${engine}`,
    ].filter(Boolean)
    const where = place.length === 0 ? '' : ` (${place.join(', ')})`
    const excerpt = at === undefined ? '' : `\n\n${excerptAt(at.source, at.offset)}`
    super(code, problem + where + excerpt, {
      details: {
        ...options.details,
        ...(engine === undefined ? {} : { engine }),
        ...(template === undefined ? {} : { template }),
        ...position,
      },
      ...('cause' in options ? { cause: options.cause } : {}),
    })
    this.problem = problem
    this.engine = engine
    this.template = template
    this.line = position?.line
    this.column = position?.column
  }
}
