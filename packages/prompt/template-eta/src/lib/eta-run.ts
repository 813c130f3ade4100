import { formatPath, TemplateError } from '@empire/template'
import type { EtaTemplate } from './eta-template.ts'

/** What a rendering needs of its engine. */
export interface EtaRunSettings {
  readonly engine: string
  /** The template at a path. */
  load(path: string): EtaTemplate
}

/** How deeply templates may include each other. */
const deepest = 100

/** How much of the code in a tag a message shows. */
const longestCode = 300

/** The rendering of one template. */
export class EtaRun {
  /** The tag that the code has come to. */
  at = 0
  readonly #template: EtaTemplate
  readonly #settings: EtaRunSettings
  readonly #depth: number

  constructor(template: EtaTemplate, settings: EtaRunSettings, depth = 0) {
    this.#template = template
    this.#settings = settings
    this.#depth = depth
  }

  /** Throws `TemplateError`, with the place. */
  render(assigns: object): string {
    try {
      return this.#template.render(assigns, { run: this })
    } catch (error) {
      throw this.#located(error)
    }
  }

  /** Renders another template in between. */
  include(path: string, assigns: object): string {
    if (this.#depth === deepest) throw tooDeep()
    return new EtaRun(this.#settings.load(path), this.#settings, this.#depth + 1).render(assigns)
  }

  /** The value at the path that a tag prints, `undefined` if it is not there. */
  follow(whole: unknown, index: number): unknown {
    let value = whole
    for (const key of this.#template.tags[index]?.path ?? []) value = propertyOf(value, key)
    return value
  }

  /** The text that is printed for a value; one that is not defined is an error. */
  print(value: unknown): string {
    if (typeof value === 'string') return value
    if (value === undefined) throw this.#notDefined()
    if (value instanceof Promise) {
      throw new TemplateError(
        'template_render',
        'A promise cannot be printed. Await it before it is passed in the assigns.',
      )
    }
    return value === null ? '' : String(value)
  }

  #notDefined(): TemplateError {
    const tag = this.#template.tags[this.at]
    const variable = tag?.path === undefined ? (tag?.code ?? '').slice(0, longestCode) : formatPath(tag.path)
    const problem = `The variable "${variable}" is not defined. Pass it in the assigns, or give it a default: <%= … ?? "" %>.`
    return new TemplateError('template_undefined_variable', problem, { details: { variable } })
  }

  #located(error: unknown): unknown {
    const { source, name, tags } = this.#template
    const failure = error instanceof TemplateError ? error : toTemplateError(error)
    if (failure.line !== undefined) return failure
    const { code, problem, details, cause } = failure
    const at = { source, offset: tags[this.at]?.offset ?? 0 }
    return new TemplateError(code, problem, { engine: this.#settings.engine, template: name, at, details, cause })
  }
}

/** Own properties, and what a class computes: not what lies in a prototype. */
function propertyOf(owner: unknown, key: string | number): unknown {
  if (owner === undefined || owner === null) return undefined
  const holder = Object(owner) as Record<string | number, unknown>
  return Object.hasOwn(holder, key) || isComputed(holder, key) ? holder[key] : undefined
}

function isComputed(owner: object, key: string | number): boolean {
  if (key === '__proto__') return false
  for (let holder: unknown = Object.getPrototypeOf(owner); holder !== null; holder = Object.getPrototypeOf(holder)) {
    const property = Object.getOwnPropertyDescriptor(holder, key)
    if (property !== undefined) return property.get !== undefined
  }
  return false
}

function toTemplateError(cause: unknown): TemplateError {
  if (cause instanceof RangeError && /call stack/i.test(cause.message)) return tooDeep()
  // Other messages may quote a value.
  const what = cause instanceof ReferenceError ? `: ${cause.message}` : ''
  const name = /^: ([\p{ID_Start}$_][\p{ID_Continue}$]*) is not defined$/u.exec(what)?.[1]
  const hint = name === undefined ? '' : ` What is passed is in "it": it.${name}.`
  return new TemplateError('template_render', `The code of the template threw${what}.${hint} See the cause.`, { cause })
}

function tooDeep(): TemplateError {
  const problem = 'The template is nested too deeply, or includes itself without end.'
  return new TemplateError('template_limit_exceeded', problem, { details: { limit: 'depth' } })
}
