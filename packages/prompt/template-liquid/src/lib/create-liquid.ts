import { describeValue, expectKnownKeys } from '@empire/errors'
import {
  type Assigns,
  checkAssigns,
  type CompiledTemplate,
  readTemplateSource,
  SourceCache,
  type TemplateEngine,
  type TemplateSource,
} from '@empire/template'
import { createTemplateLookup } from '@empire/template/files'
import { readItemExpression } from './expression/item-expression.ts'
import { customFilter, type LiquidFilter } from './filters/custom-filter.ts'
import type { Filter, FilterTable } from './filters/filter.ts'
import { standardFilters } from './filters/standard-filters.ts'
import { freeVariables } from './free-variables.ts'
import { toTemplateError } from './liquid-error.ts'
import type { ParsedTemplate } from './parse/parsed-template.ts'
import { type Language, type TagParser, TemplateParser } from './parse/template-parser.ts'
import { escapeOf, type LiquidEscape } from './render/escapes.ts'
import { limitFailure } from './render/liquid-failure.ts'
import { renderBody } from './render/node.ts'
import { Run, type RunSettings } from './render/run.ts'
import { customTag, type LiquidTag } from './tags/custom-tag.ts'
import { standardTags } from './tags/standard-tags.ts'

/** Options of `createLiquid`. */
export interface LiquidOptions {
  /** What messages and errors call the engine, for those who need several. Default: `liquid`. */
  name?: string | undefined
  /** Templates by path, for `include`, `render` and `{ file }`. Looked up before the root. Default: none. */
  templates?: Readonly<Record<string, string>> | undefined
  /** The folder for paths that `templates` does not have. Nothing outside it is read. Default: no file is read. */
  root?: string | undefined
  /** Filters by name, beside those of the language or in their place. Default: none. */
  filters?: Readonly<Record<string, LiquidFilter>> | undefined
  /** Tags by name, beside those of the language or in their place. Default: none. */
  tags?: Readonly<Record<string, LiquidTag>> | undefined
  /** What printed values are made safe for; the filter `raw` at the end goes around it. Default: `none`, for prompts. */
  escape?: LiquidEscape | undefined
  /**
   * Whether to print a variable that is not defined is an error. It may always be asked for: `if`, `unless`, `case` and
   * the filter `default` take it for nil. Default: `true`.
   */
  strictVariables?: boolean | undefined
  /** Whether a filter that does not exist is an error, else it does nothing. Default: `true`. */
  strictFilters?: boolean | undefined
  /** The longest template, in UTF-16 units; each included one counts for itself. Default: 1,000,000. */
  parseLimit?: number | undefined
  /**
   * The longest time of one rendering, in milliseconds. What cannot be interrupted is one pass over one text or list.
   * Default: 1,000.
   */
  renderLimit?: number | undefined
  /** What one rendering may allocate: characters of texts and elements of lists. Default: 10,000,000. */
  memoryLimit?: number | undefined
  /** The time that `"now" | date` tells, in milliseconds since the epoch. Default: `Date.now`. */
  now?: (() => number) | undefined
  /** What the filter `sample` chooses by, a number from 0 up to 1. Default: `Math.random`. */
  random?: (() => number) | undefined
}

const known: readonly string[] = [
  'name',
  'templates',
  'root',
  'filters',
  'tags',
  'escape',
  'strictVariables',
  'strictFilters',
  'parseLimit',
  'renderLimit',
  'memoryLimit',
  'now',
  'random',
] satisfies (keyof LiquidOptions)[]

/**
 * An engine for templates that are not trusted.
 *
 * Values are printed verbatim, without escapes, unless `escape` says otherwise. Functions among the values are called;
 * whoever passes them trusts them.
 */
export function createLiquid(options: LiquidOptions = {}): TemplateEngine {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`Expected "options" to be an object, got ${describeValue(options)}.`)
  }
  expectKnownKeys('"options"', options, known)
  const {
    name: engine = 'liquid',
    strictFilters = true,
    strictVariables = true,
    now = Date.now,
    random = Math.random,
  } = options
  if (typeof engine !== 'string' || engine === '') {
    throw new TypeError(`Expected "name" to be a name, got ${describeValue(engine)}.`)
  }
  checkKind('strictVariables', strictVariables, 'boolean')
  checkKind('strictFilters', strictFilters, 'boolean')
  checkKind('now', now, 'function')
  checkKind('random', random, 'function')
  const parseLimit = checkLimit('parseLimit', options.parseLimit ?? 1_000_000)
  const read = createTemplateLookup({ ...options, parseLimit })
  const filters: FilterTable = {
    filters: filtersOf(options.filters),
    isStrict: strictFilters,
    readExpression: (item, text) => readItemExpression(item, text, filters),
  }
  const language: Language = { tags: tagsOf(options.tags), filters }
  const load = (path: string): ParsedTemplate => parse(read(path), path)
  const settings: RunSettings = {
    strictVariables,
    renderLimit: checkLimit('renderLimit', options.renderLimit ?? 1000),
    memoryLimit: checkLimit('memoryLimit', options.memoryLimit ?? 10_000_000),
    escape: escapeOf(options.escape ?? 'none'),
    readExpression: filters.readExpression,
    load,
    now,
    random,
  }
  const parsed = new SourceCache<ParsedTemplate>()

  /** A template as it was read before, under whatever name. */
  function parse(source: string, name: string | undefined): ParsedTemplate {
    const made = parsed.get(source)
    if (made !== undefined) return made.name === name ? made : { ...made, name }
    try {
      if (source.length > parseLimit) throw limitFailure('parseLimit', 0)
      const body = new TemplateParser(source, language).parse()
      const template: ParsedTemplate = { source, name, body, render: (run) => renderBody(body, run) }
      parsed.set(source, template)
      return template
    } catch (error) {
      throw toTemplateError(error, { engine, template: name, source, at: 0 })
    }
  }

  function find(from: string | TemplateSource, name: string | undefined): ParsedTemplate {
    const { text, path } = readTemplateSource(from, engine, read)
    return parse(text, path ?? name)
  }

  function render(template: ParsedTemplate, assigns: Assigns): string {
    checkAssigns(assigns)
    const run = new Run(template, assigns, settings)
    try {
      template.render(run)
    } catch (error) {
      const { source, name } = run.template
      throw toTemplateError(error, { engine, template: name, source, at: run.at })
    }
    return run.printed
  }

  const compiled = new WeakMap<ParsedTemplate, CompiledTemplate>()

  return Object.freeze<TemplateEngine>({
    name: engine,
    compile(from, { name } = {}) {
      const template = find(from, name)
      const made = compiled.get(template)
      if (made !== undefined) return made
      const fresh = Object.freeze<CompiledTemplate>({ render: (assigns = {}) => render(template, assigns) })
      compiled.set(template, fresh)
      return fresh
    },
    variables(from, { name } = {}) {
      const whole = find(from, name)
      let [place, at] = [whole, 0]
      try {
        return freeVariables(whole, (path, includer, offset) => {
          ;[place, at] = [includer, offset]
          return load(path)
        })
      } catch (error) {
        throw toTemplateError(error, { engine, template: place.name, source: place.source, at })
      }
    },
  })
}

function tagsOf(own: Readonly<Record<string, LiquidTag>> = {}): ReadonlyMap<string, TagParser> {
  const tags = new Map(standardTags)
  checkTable('tags', own, 'tags')
  for (const [name, tag] of Object.entries(own)) {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) || name === 'liquid') {
      throw new TypeError(`Expected the names of "tags" to be letters, digits and "_", got ${describeValue(name)}.`)
    }
    if (typeof tag !== 'object' || tag === null || typeof tag.render !== 'function') {
      throw new TypeError(`Expected "tags.${name}" to be { render }, got ${describeValue(tag)}.`)
    }
    expectKnownKeys(`"tags.${name}"`, tag, ['hasBody', 'render'])
    tags.set(name, customTag(name, tag))
  }
  return tags
}

function filtersOf(own: Readonly<Record<string, LiquidFilter>> = {}): ReadonlyMap<string, Filter> {
  const filters = new Map(standardFilters)
  checkTable('filters', own, 'functions')
  for (const [name, filter] of Object.entries(own)) {
    if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) {
      throw new TypeError(
        `Expected the names of "filters" to be letters, digits, "_" and "-", got ${describeValue(name)}.`,
      )
    }
    if (typeof filter !== 'function') {
      throw new TypeError(`Expected "filters.${name}" to be a function, got ${describeValue(filter)}.`)
    }
    filters.set(name, customFilter(name, filter))
  }
  return filters
}

function checkTable(name: string, own: unknown, what: string): void {
  if (typeof own === 'object' && own !== null && !Array.isArray(own)) return
  throw new TypeError(`Expected "${name}" to be an object of ${what} by name, got ${describeValue(own)}.`)
}

function checkLimit(name: string, limit: number): number {
  if (typeof limit === 'number' && limit > 0) return limit
  throw new TypeError(`Expected "${name}" to be a positive number, got ${describeValue(limit)}.`)
}

function checkKind(name: string, value: unknown, kind: 'boolean' | 'function'): void {
  // oxlint-disable-next-line valid-typeof -- the kinds are among those
  if (typeof value !== kind) throw new TypeError(`Expected "${name}" to be a ${kind}, got ${describeValue(value)}.`)
}
