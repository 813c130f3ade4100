import { compileFunction } from 'node:vm'
import { TemplateError } from '@empire/template'
import { Eta, EtaParseError } from 'eta/core'
import { carriageReturnsAs, unusedCharacter } from './carriage-returns.ts'
import type { EtaRunOptions, EtaTag, EtaTemplate } from './eta-template.ts'

/** eta with marks in what it compiles: where in the template the code has come to. */
export class EtaCompiler {
  readonly #engine: string
  readonly #eta: Eta
  /** The template that is being compiled: eta tells its plugins nothing of it. */
  #source = ''
  #tags: EtaTag[] = []
  /** What stands for carriage returns: eta would make newlines of them. */
  #stand = ''

  constructor(engine: string) {
    this.#engine = engine
    this.#eta = new Eta({
      autoEscape: false,
      autoTrim: false,
      functionHeader: 'const __run = options.run;',
      plugins: [
        {
          processTemplate: (source) => carriageReturnsAs(this.#stand, source),
          processAST: (parts) =>
            parts.map((part) =>
              typeof part === 'string' ? part.replaceAll(this.#stand, String.raw`\r`) : this.#mark(part),
            ),
        },
      ],
    })
    // What `include` and `layout` of a template call.
    this.#eta.render = (template, data, options) =>
      (options as unknown as EtaRunOptions).run.include(template as string, data)
  }

  /** Throws `TemplateError` with `template_syntax` for what is no template, or no JavaScript. */
  compile(source: string, name: string | undefined): EtaTemplate {
    this.#source = source
    this.#tags = []
    this.#stand = unusedCharacter(source)
    let code = ''
    try {
      code = this.#eta.compileToString(source)
      // oxlint-disable-next-line no-implied-eval, no-new-func -- a template is code; whoever asked for it has said so
      const render = new Function('it', 'options', code).bind(this.#eta) as EtaTemplate['render']
      return { source, name, tags: this.#tags, render }
    } catch (error) {
      throw this.#syntaxError(error, code, name)
    }
  }

  #mark({ t: type, val }: { t: string; val: string }): { t: string; val: string } {
    const code = val.replaceAll(this.#stand, '\r')
    const index = this.#tags.length
    const previous = this.#tags.at(-1)
    const tag = this.#source.indexOf('<%', previous === undefined ? 0 : previous.offset + previous.code.length)
    const trimmed = code.trim()
    const offset = this.#source.indexOf(trimmed, tag)
    const mark = `/*@${index}*/`
    if (type === 'e') {
      this.#tags.push({ code: trimmed, offset, path: undefined })
      return { t: type, val: canFollowStatement(trimmed) ? `${mark}__run.at=${index};${code}` : mark + code }
    }
    const expression = trimmed.replace(/;+$/, '')
    const path = pathOf(expression)
    this.#tags.push({ code: trimmed, offset, path })
    const value = path === undefined ? `(${expression}\n)` : `__run.follow(it,${index})`
    return { t: type, val: `${mark}(__run.at=${index},__run.print(${value}))` }
  }

  #syntaxError(error: unknown, code: string, name: string | undefined): unknown {
    const place = { engine: this.#engine, template: name }
    if (error instanceof EtaParseError) {
      const [, problem = 'bad syntax', line, column] = /^(.*) at line (\d+) col (\d+)/.exec(error.message) ?? []
      const offset = offsetOf(this.#source, Number(line), Number(column))
      return new TemplateError('template_syntax', sentence(problem), {
        ...place,
        at: { source: this.#source, offset },
        cause: error,
      })
    }
    if (!(error instanceof SyntaxError)) return error
    const offset = this.#tags[failingTag(code)]?.offset ?? 0
    return new TemplateError('template_syntax', sentence(error.message), {
      ...place,
      at: { source: this.#source, offset },
      cause: error,
    })
  }
}

/** Whether a statement may be put before this one: not in front of what goes on with the one before. */
function canFollowStatement(code: string): boolean {
  return /^[\p{L}_$]/u.test(code) && !/^(?:case|default|else|catch|finally)\b/.test(code)
}

/** The keys of an expression that is nothing but a path from `it`. */
function pathOf(expression: string): readonly (string | number)[] | undefined {
  if (!/^it(?:\??\.[\p{L}_$][\p{L}\p{N}_$]*|(?:\?\.)?\[(?:\d+|"[^"\\\n]*"|'[^'\\\n]*')\])+$/u.test(expression))
    return undefined
  const keys = expression.matchAll(/\.([\p{L}_$][\p{L}\p{N}_$]*)|\[(\d+)\]|\[["']([^\]]*)["']\]/gu)
  return [...keys].map(([, name, index, text]) => (index === undefined ? (name ?? text ?? '') : Number(index)))
}

/** The tag whose code V8 stumbles over: the last one that is marked up to that line. */
function failingTag(code: string): number {
  let line = Infinity
  try {
    compileFunction(code, ['it', 'options'], { filename: 'template' })
  } catch (error) {
    line = Number(/^template:(\d+)/.exec((error as Error).stack ?? '')?.[1] ?? Infinity)
  }
  const before = code.split('\n').slice(0, line).join('\n')
  return Number([...before.matchAll(/\/\*@(\d+)\*\//g)].at(-1)?.[1] ?? 0)
}

function offsetOf(source: string, line: number, column: number): number {
  let offset = 0
  for (let next = 1; next < line; next++) offset = source.indexOf('\n', offset) + 1
  return offset + column - 1
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}
