import { evaluate } from '../expression/expression.ts'
import { parseArguments } from '../expression/filtered-value.ts'
import type { TagParser } from '../parse/template-parser.ts'
import { LiquidFailure } from '../render/liquid-failure.ts'
import { type Node, renderBody, visitBody } from '../render/node.ts'
import { disregard } from '../values/disregard.ts'
import { toPlain } from '../values/to-plain.ts'

/** What a tag of one's own is rendered with. */
export interface LiquidTagCall {
  /** The values that stand in the tag: `{% note "a", user.name %}`. */
  readonly args: readonly unknown[]
  /** Those with a name: `{% note level: 3 %}`. */
  readonly options: Readonly<Record<string, unknown>>
  /** What stands between the tag and its end, rendered now; it may be asked for any number of times. */
  readonly body: () => string
}

/** A tag of one's own. */
export interface LiquidTag {
  /** Whether it has a body, which ends with `end` and its name. Default: `false`. */
  hasBody?: boolean | undefined
  /** The text that is printed in its place, as it is. What it throws is the cause of a `template_render`. */
  render(call: LiquidTagCall): string
}

/** The parser of a tag of one's own. */
export function customTag(name: string, { hasBody = false, render }: LiquidTag): TagParser {
  return (tag, parser): Node => {
    const markup = parser.markupOf(tag)
    const [args, named] = parseArguments(markup)
    if (markup.kind !== 'end') throw markup.unexpected('a comma or the end of the tag')
    const body = hasBody ? parser.bodyOf(tag, [`end${name}`]).body : undefined
    return {
      at: tag.begin,
      isBlank: false,
      render(run) {
        const values = args.map((arg) => toPlain(evaluate(arg, run), run))
        const options = Object.fromEntries(named.map(([key, value]) => [key, toPlain(evaluate(value, run), run)]))
        // Of the template, not of the tag: those pass through it.
        const inner: unknown[] = []
        const renderInner = (): string => {
          if (body === undefined) return ''
          try {
            return run.capture(() => renderBody(body, run)).text
          } catch (error) {
            inner.push(error)
            throw error
          }
        }
        let text: unknown
        try {
          text = render({ args: values, options, body: renderInner })
        } catch (error) {
          if (inner.includes(error)) throw error
          throw new LiquidFailure('template_render', `The tag "${name}" threw. See the cause.`, {
            at: tag.begin,
            cause: error,
          })
        }
        // What goes wrong in the body is not for the tag to hide.
        if (inner.length > 0) throw inner[0]
        if (typeof text !== 'string') {
          disregard(text)
          throw new LiquidFailure('template_render', `The tag "${name}" has to return a string.`, { at: tag.begin })
        }
        run.write(text)
        return undefined
      },
      visit(walk) {
        for (const arg of args) walk.reads(arg)
        for (const [, value] of named) walk.reads(value)
        if (body !== undefined) walk.branches([() => visitBody(body, walk)], false)
      },
    }
  }
}
