import { describeValue, expectKnownKeys } from '@empire/errors'
import {
  type Assigns,
  checkAssigns,
  type CompiledTemplate,
  readTemplateSource,
  SourceCache,
  type TemplateEngine,
  TemplateError,
  type TemplateSource,
} from '@empire/template'
import { createTemplateLookup } from '@empire/template/files'
import { EtaCompiler } from './eta-compiler.ts'
import { EtaRun, type EtaRunSettings } from './eta-run.ts'
import type { EtaTemplate } from './eta-template.ts'
import { freeVariables } from './free-variables.ts'

/** Options of `createEta`. */
export interface EtaOptions {
  /** Says that the templates may run any code in this process. Without it, none is read. */
  trusted: true
  /** What messages and errors call the engine, for those who need several. Default: `eta`. */
  name?: string | undefined
  /** Templates by path, for `include`, `layout` and `{ file }`. Looked up before the root. Default: none. */
  templates?: Readonly<Record<string, string>> | undefined
  /** The folder for paths that `templates` does not have. Nothing outside it is read. Default: no file is read. */
  root?: string | undefined
}

const known: readonly string[] = ['trusted', 'name', 'templates', 'root'] satisfies (keyof EtaOptions)[]

/**
 * An engine for templates that are code, and run with all the rights of this process.
 *
 * Throws `TemplateError` with `template_not_trusted` unless `trusted` is `true`. Values are printed verbatim, without
 * escapes; white space is left as it is.
 */
export function createEta(options: EtaOptions): TemplateEngine {
  const given: Partial<EtaOptions> = options ?? {}
  expectKnownKeys('"options"', given, known)
  const { trusted, name: engine = 'eta' } = given
  if (trusted !== true) {
    const problem =
      'A template of eta is code: it can do whatever this process can. Pass { trusted: true } if you wrote all of them, else use @empire/template-liquid.'
    throw new TemplateError('template_not_trusted', problem, { engine: 'eta' })
  }
  if (typeof engine !== 'string' || engine === '') {
    throw new TypeError(`Expected "name" to be a name, got ${describeValue(engine)}.`)
  }
  const read = createTemplateLookup(given)
  const compiler = new EtaCompiler(engine)
  const parsed = new SourceCache<EtaTemplate>()
  const settings: EtaRunSettings = { engine, load: (path) => parse(read(path), path) }

  /** A template as it was read before, under whatever name. */
  function parse(source: string, name: string | undefined): EtaTemplate {
    const made = parsed.get(source)
    if (made !== undefined) return made.name === name ? made : { ...made, name }
    const template = compiler.compile(source, name)
    parsed.set(source, template)
    return template
  }

  function find(from: string | TemplateSource, name: string | undefined): EtaTemplate {
    const { text, path } = readTemplateSource(from, engine, read)
    return parse(text, path ?? name)
  }

  return Object.freeze<TemplateEngine>({
    name: engine,
    compile(from, { name } = {}) {
      const template = find(from, name)
      return Object.freeze<CompiledTemplate>({
        render(assigns: Assigns = {}) {
          checkAssigns(assigns)
          return new EtaRun(template, settings).render(assigns)
        },
      })
    },
    variables(from, { name } = {}) {
      return freeVariables(find(from, name), (path, includer, tag) => {
        try {
          return settings.load(path)
        } catch (error) {
          if (!(error instanceof TemplateError) || error.line !== undefined) throw error
          const { code, problem, details, cause } = error
          const at = { source: includer.source, offset: tag.offset }
          throw new TemplateError(code, problem, { engine, template: includer.name, at, details, cause })
        }
      })
    },
  })
}
