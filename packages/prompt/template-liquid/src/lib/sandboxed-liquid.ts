// oxlint-disable no-underscore-dangle -- liquidjs names so what its tags call
import { type Context, Liquid, type RenderOptions, type Template } from 'liquidjs'
import { BoundedCache, cachedCharacters } from './bounded-cache.ts'
import { BoundedContext } from './bounded-context.ts'
import { BoundedEmitter } from './bounded-emitter.ts'
import { boundedFilters } from './bounded-filters.ts'
import { boundedOperators } from './bounded-operators.ts'
import { PureDecrementTag, PureIncrementTag } from './counter-tags.ts'
import { LinearParser } from './linear-parser.ts'

/** What a sandbox is made of. */
export interface SandboxOptions {
  /** The text of a template that another one includes; throws if there is none. */
  read: (path: string) => string
  strictVariables: boolean
  strictFilters: boolean
  parseLimit: number
  renderLimit: number
  memoryLimit: number
}

interface ParsedTemplate {
  readonly templates: Template[]
  readonly path: string | undefined
}

/** liquidjs without its file system, its unbounded memory and time, and its quadratic parser. */
export class SandboxedLiquid extends Liquid {
  readonly #read: (path: string) => string
  readonly #parsed = new BoundedCache<ParsedTemplate>(cachedCharacters)

  constructor({ read, ...options }: SandboxOptions) {
    super({
      ...options,
      ownPropertyOnly: true,
      operators: boundedOperators,
      // A variable that may be missing can be asked for (`if`, `unless`, `default`), but not printed.
      lenientIf: options.strictVariables,
      relativeReference: false,
      // Never asked, for the three methods below are overridden; without it liquidjs holds the real file system.
      templates: {},
    })
    this.#read = read
    for (const [name, filter] of Object.entries(boundedFilters)) this.registerFilter(name, filter)
    this.registerTag('increment', PureIncrementTag)
    this.registerTag('decrement', PureDecrementTag)
    const { renderer } = this
    const renderTemplates = renderer.renderTemplates.bind(renderer)
    // Without an emitter liquidjs makes one that has no limit: for the whole, `capture` and `layout`.
    renderer.renderTemplates = (templates, context, emitter = new BoundedEmitter(context.memoryLimit)) =>
      renderTemplates(templates, context, emitter)
  }

  override parse(source: string, path?: string): Template[] {
    const known = this.#parsed.get(source)
    if (known !== undefined && (path === undefined || known.path === path)) return known.templates
    const templates = known?.templates ?? new LinearParser(this).parse(source, path)
    this.#parsed.set(source, { templates, path })
    return templates
  }

  override _render(
    templates: Template[],
    assigns: Context | object | undefined,
    options: RenderOptions,
  ): IterableIterator<unknown> {
    return super._render(templates, new BoundedContext(assigns, this.options, options, { liquid: this }), options)
  }

  /** The path that a text was last included by. */
  pathOf(source: string): string | undefined {
    return this.#parsed.get(source)?.path
  }

  // oxlint-disable-next-line require-yield -- liquidjs asks for a generator
  override *_parseFile(path: string): Generator<unknown, Template[]> {
    return this.parse(this.#read(path), path)
  }

  override _parsePartialFile(path: string): Generator<unknown, Template[]> {
    return this._parseFile(path)
  }

  override _parseLayoutFile(path: string): Generator<unknown, Template[]> {
    return this._parseFile(path)
  }
}
