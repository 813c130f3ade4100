import { equalTo } from '../expression/condition.ts'
import { evaluateLeniently, type Expression, parseExpression } from '../expression/expression.ts'
import type { Markup } from '../parse/markup.ts'
import { type TagParser, withoutBlanks } from '../parse/template-parser.ts'
import { type Body, type Node, renderBody, visitBody } from '../render/node.ts'

/** `case`: prints each `when` that matches, once for each of its values that does; else each `else`. */
export const caseTag: TagParser = (tag, parser): Node => {
  const markup = parser.markupOf(tag)
  const subject = parseExpression(markup)
  markup.expectEnd()
  const ends = ['when', 'else', 'endcase']
  /** The values of each `when`; nothing for `else`. */
  const branches: (readonly Expression[] | undefined)[] = []
  const found: Body[] = []
  // What stands before the first of them belongs to none.
  let { end } = parser.bodyOf(tag, ends)
  while (end.name !== 'endcase') {
    branches.push(end.name === 'when' ? parseValues(parser.markupOf(end)) : undefined)
    const next = parser.bodyOf(tag, ends)
    found.push(next.body)
    ;({ end } = next)
  }
  const bodies = withoutBlanks(found)
  return {
    at: tag.begin,
    isBlank: bodies.every(({ isBlank }) => isBlank),
    render(run) {
      const value = evaluateLeniently(subject, run)
      let isMatched = false
      for (const [index, body] of bodies.entries()) {
        const values = branches[index]
        const times = values?.filter((other) => equalTo(subject, value, other, run)).length ?? (isMatched ? 0 : 1)
        if (values !== undefined && times > 0) isMatched = true
        for (let time = 0; time < times; time++) {
          const interrupt = renderBody(body, run)
          if (interrupt !== undefined) return interrupt
        }
      }
      return undefined
    },
    visit(walk) {
      walk.reads(subject)
      walk.branches(
        bodies.map((body, index) => () => {
          for (const value of branches[index] ?? []) walk.reads(value)
          visitBody(body, walk)
        }),
        branches.includes(undefined),
      )
    },
  }
}

function parseValues(markup: Markup): Expression[] {
  const values = [parseExpression(markup)]
  while (markup.take(',') || markup.take('or')) values.push(parseExpression(markup))
  markup.expectEnd()
  return values
}
