import { compileFunction } from 'node:vm'
import { TemplateError } from '@empire/template'
import { Eta, EtaParseError } from 'eta/core'
import type { EtaRunOptions, EtaTag, EtaTemplate } from './eta-template.ts'

/** A tag as eta has parsed it: whether it prints, and its code. */
interface TagPart {
  t: string
  val: string
}

/** eta with marks in what it compiles: where in the template the code has come to. */
export class EtaCompiler {
  readonly #engine: string
  readonly #eta: Eta
  /** The template that is being compiled: eta tells its plugins nothing of it. */
  #source = ''
  #tags: EtaTag[] = []

  constructor(engine: string) {
    this.#engine = engine
    this.#eta = new Eta({
      autoEscape: false,
      autoTrim: false,
      functionHeader: 'const __run = options.run;',
      plugins: [{ processAST: (parts) => this.#parts(parts.filter((part) => typeof part !== 'string')) }],
    })
    // What `include` and `layout` of a template call.
    this.#eta.render = (template, data, options) =>
      (options as unknown as EtaRunOptions).run.include(template as string, data)
  }

  /** Throws `TemplateError` with `template_syntax` for what is no template, or no JavaScript. */
  compile(source: string, name: string | undefined): EtaTemplate {
    this.#source = source
    this.#tags = []
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

  /** The tags with marks, and the text around them: that of eta has lost its carriage returns. */
  #parts(tags: readonly TagPart[]): (TagPart | string)[] {
    const parts: (TagPart | string)[] = []
    let end = 0
    for (const part of tags) {
      const begin = this.#source.indexOf('<%', end)
      parts.push(this.#textBetween(end, begin))
      const code = part.val.trim()
      const offset = this.#source.indexOf(code, begin + 2)
      parts.push(this.#marked(part, code, offset))
      end = this.#source.indexOf('%>', offset + code.length) + 2
    }
    parts.push(this.#textBetween(end, this.#source.length))
    return parts
  }

  /** As eta writes it into its code; less what the tags on both sides trim. */
  #textBetween(begin: number, end: number): string {
    let text = this.#source.slice(begin, end)
    const [before, after] = [begin === 0 ? '' : this.#source[begin - 3], this.#source[end + 2]]
    if (before === '-') text = text.replace(/^(?:\r\n|\n|\r)/, '')
    if (before === '_') text = text.trimStart()
    if (after === '-') text = text.replace(/(?:\r\n|\n|\r)$/, '')
    if (after === '_') text = text.trimEnd()
    return text
      .replaceAll(/[\\']/g, String.raw`\$&`)
      .replaceAll('\n', String.raw`\n`)
      .replaceAll('\r', String.raw`\r`)
  }

  #marked({ t: type, val: code }: TagPart, trimmed: string, offset: number): TagPart {
    const index = this.#tags.length
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
