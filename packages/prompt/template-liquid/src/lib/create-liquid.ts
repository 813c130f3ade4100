import { describeValue } from '@empire/errors'
import {
  type Assigns,
  checkTemplateSource,
  type CompiledTemplate,
  type TemplateEngine,
  type TemplateVariable,
} from '@empire/template'
import { BoundedCache, cachedCharacters } from './bounded-cache.ts'
import { freeVariables } from './free-variables.ts'
import { toTemplateError } from './liquid-failure.ts'
import { SandboxedLiquid } from './sandboxed-liquid.ts'
import { createTemplateLookup } from './template-lookup.ts'

/** Options of `createLiquid`. */
export interface LiquidOptions {
  /** Templates by path, for `include`, `render`, `layout` and `{ file }`. Looked up before the root. Default: none. */
  templates?: Readonly<Record<string, string>> | undefined
  /** The folder for paths that `templates` does not have. Nothing outside it is read. Default: no file is read. */
  root?: string | undefined
  /**
   * Whether to print a variable that is not defined is an error. It may always be asked for: `if`, `unless` and the
   * filter `default` take it for nil. Default: `true`.
   */
  strictVariables?: boolean | undefined
  /** Whether a filter that does not exist is an error, else it does nothing. Default: `true`. */
  strictFilters?: boolean | undefined
  /**
   * The longest template, in UTF-16 units; each included one, and each expression given to a filter, counts for itself.
   * Default: 1,000,000.
   */
  parseLimit?: number | undefined
  /**
   * The longest time of one rendering, in milliseconds. What cannot be interrupted is one pass over one text or list.
   * Default: 1,000.
   */
  renderLimit?: number | undefined
  /** What one rendering may allocate: characters printed and elements of new lists. Default: 10,000,000. */
  memoryLimit?: number | undefined
}

/**
 * An engine for templates that are not trusted.
 *
 * Values are printed verbatim, without escapes. Functions among the values are called; whoever passes them trusts them.
 */
export function createLiquid(options: LiquidOptions = {}): TemplateEngine {
  const read = createTemplateLookup(options.templates, options.root)
  const liquid = new SandboxedLiquid({
    read,
    strictVariables: options.strictVariables ?? true,
    strictFilters: options.strictFilters ?? true,
    parseLimit: checkLimit('parseLimit', options.parseLimit ?? 1_000_000),
    renderLimit: checkLimit('renderLimit', options.renderLimit ?? 1000),
    memoryLimit: checkLimit('memoryLimit', options.memoryLimit ?? 10_000_000),
  })
  const compiled = new BoundedCache<CompiledTemplate>(cachedCharacters)
  function compileAndKeep(text: string): CompiledTemplate {
    const template = compileText(liquid, text, undefined)
    compiled.set(text, template)
    return template
  }
  return Object.freeze<TemplateEngine>({
    name: 'liquid',
    compile(from, { name } = {}) {
      if (typeof from === 'string' && name === undefined) return compiled.get(from) ?? compileAndKeep(from)
      const source = checkTemplateSource(from)
      if ('inline' in source) return compileText(liquid, source.inline, name)
      const text = translate(() => read(source.file))
      return compileText(liquid, text, source.file)
    },
  })
}

function compileText(liquid: SandboxedLiquid, source: string, name: string | undefined): CompiledTemplate {
  const nameOf = (text: string): string | undefined => (text === source ? name : liquid.pathOf(text))
  const templates = translate(() => liquid.parse(source), nameOf)
  let variables: readonly TemplateVariable[] | undefined
  return Object.freeze<CompiledTemplate>({
    render(assigns = {}) {
      checkAssigns(assigns)
      return translate(() => liquid.renderSync(templates, assigns) as string, nameOf)
    },
    get variables() {
      variables ??= translate(() => freeVariables(templates), nameOf)
      return variables
    },
  })
}

function translate<Value>(task: () => Value, nameOf: (text: string) => string | undefined = () => undefined): Value {
  try {
    return task()
  } catch (error) {
    throw toTemplateError(error, nameOf)
  }
}

function checkAssigns(assigns: Assigns): void {
  if (typeof assigns === 'object' && assigns !== null && !Array.isArray(assigns)) return
  throw new TypeError(`Expected "assigns" to be an object of values by name, got ${describeValue(assigns)}.`)
}

function checkLimit(name: string, limit: number): number {
  if (typeof limit === 'number' && limit > 0) return limit
  throw new TypeError(`Expected "${name}" to be a positive number, got ${describeValue(limit)}.`)
}
