import { closestName, describeValue } from '@empire/errors'
import { checkAssigns } from './check-assigns.ts'
import type { Assigns, TemplateEngine } from './template-engine.ts'
import { TemplateError } from './template-error.ts'
import { checkTemplateSource } from './template-source.ts'

/** A template written as a function. It gives the text for these values, which it leaves as they are. */
export type TemplateFunction = (assigns: Assigns) => string

/**
 * The engine of templates that are functions, registered here by name and asked for as `{ module: name }`.
 *
 * Functions added to `modules` later are not seen. What a function throws is the `cause` of a `template_render`, except
 * a `TemplateError`, which passes untouched. What variables a function takes cannot be told: `variables` is empty.
 */
export function createModuleEngine(modules: Readonly<Record<string, TemplateFunction>>): TemplateEngine {
  if (typeof modules !== 'object' || modules === null || Array.isArray(modules)) {
    throw new TypeError(`Expected "modules" to be an object of functions by name, got ${describeValue(modules)}.`)
  }
  const functions = new Map(Object.entries(modules))
  for (const [name, render] of functions) {
    if (typeof render === 'function') continue
    throw new TypeError(
      `Expected "modules[${JSON.stringify(name)}]" to be a function (assigns) => string, got ${describeValue(render)}.`,
    )
  }
  function find(from: unknown): [name: string, render: TemplateFunction] {
    const source = checkTemplateSource(from)
    if (!('module' in source)) {
      throw new TypeError('Expected "source" to be { module: name }: the engine "module" has functions, and no texts.')
    }
    const render = functions.get(source.module)
    if (render === undefined) throw notFound(source.module, [...functions.keys()])
    return [source.module, render]
  }
  return Object.freeze<TemplateEngine>({
    name: 'module',
    compile(source) {
      const [name, render] = find(source)
      return Object.freeze({
        render(assigns: Assigns = {}) {
          checkAssigns(assigns)
          return call(name, render, assigns)
        },
      })
    },
    variables(source) {
      find(source)
      return Object.freeze([])
    },
  })
}

function call(name: string, render: TemplateFunction, assigns: Assigns): string {
  let text: unknown
  try {
    text = render(assigns)
  } catch (error) {
    if (error instanceof TemplateError) throw error
    throw failed(`The module ${JSON.stringify(name)} threw. See the cause.`, name, error)
  }
  if (typeof text === 'string') return text
  // Its own failure comes too late to be told, and must not end the process.
  if (text instanceof Promise) text.catch(() => undefined)
  throw failed(`The module ${JSON.stringify(name)} has to return a string, got ${kindOf(text)}.`, name)
}

/** The value itself may be private. */
function kindOf(value: unknown): string {
  if (value instanceof Promise)
    return 'a promise: what it waits for has to be awaited before, and passed in the assigns'
  return value === null ? 'null' : typeof value
}

function failed(problem: string, name: string, cause?: unknown): TemplateError {
  return new TemplateError('template_render', problem, { engine: 'module', template: name, cause })
}

function notFound(module: string, known: readonly string[]): TemplateError {
  const closest = closestName(module, known)
  const hint =
    closest === undefined
      ? 'Register the function by this name; a context takes it in "modules".'
      : `Did you mean ${JSON.stringify(closest)}?`
  return new TemplateError('template_not_found', `No module ${JSON.stringify(module)}. ${hint}`, {
    engine: 'module',
    details: { module },
  })
}
