import { describeValue } from '@empire/errors'
import {
  checkAssigns,
  checkTemplateSource,
  type CompiledTemplate,
  type TemplateEngine,
  TemplateError,
  type TemplateSource,
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
  const compiled = new BoundedCache<LiquidTemplate>(cachedCharacters)
  function find(from: string | TemplateSource, name: string | undefined): LiquidTemplate {
    if (typeof from === 'string' && name === undefined) return compiled.get(from) ?? compileAndKeep(from)
    const source = checkTemplateSource(from)
    if ('inline' in source) return compileText(liquid, source.inline, name)
    if ('module' in source) throw noModule(source.module)
    const text = translate(() => read(source.file))
    return compileText(liquid, text, source.file)
  }
  function compileAndKeep(text: string): LiquidTemplate {
    const template = compileText(liquid, text, undefined)
    compiled.set(text, template)
    return template
  }
  return Object.freeze<TemplateEngine>({
    name: 'liquid',
    compile: (source, { name } = {}) => find(source, name).compiled,
    variables: (source, { name } = {}) => find(source, name).variables(),
  })
}

interface LiquidTemplate {
  readonly compiled: CompiledTemplate
  variables(): readonly TemplateVariable[]
}

function compileText(liquid: SandboxedLiquid, source: string, name: string | undefined): LiquidTemplate {
  const nameOf = (text: string): string | undefined => (text === source ? name : liquid.pathOf(text))
  const templates = translate(() => liquid.parse(source), nameOf)
  return {
    compiled: Object.freeze<CompiledTemplate>({
      render(assigns = {}) {
        checkAssigns(assigns)
        return translate(() => liquid.renderSync(templates, assigns) as string, nameOf)
      },
    }),
    variables: () => translate(() => freeVariables(templates), nameOf),
  }
}

function noModule(module: string): TemplateError {
  const problem = `No module ${JSON.stringify(module)}: the engine "liquid" has texts and files only.`
  return new TemplateError('template_not_found', problem, { engine: 'liquid', details: { module } })
}

function translate<Value>(task: () => Value, nameOf: (text: string) => string | undefined = () => undefined): Value {
  try {
    return task()
  } catch (error) {
    throw toTemplateError(error, nameOf)
  }
}

function checkLimit(name: string, limit: number): number {
  if (typeof limit === 'number' && limit > 0) return limit
  throw new TypeError(`Expected "${name}" to be a positive number, got ${describeValue(limit)}.`)
}
