import { evaluate, type Expression, parseExpression } from '../expression/expression.ts'
import { printEscaped } from '../parse/output-node.ts'
import type { TagParser } from '../parse/template-parser.ts'
import type { Node } from '../render/node.ts'
import { printValue } from '../values/print-value.ts'

/** `cycle`: the next of its values at each use. Those with one name, or with the same values, go on from each other. */
export const cycleTag: TagParser = (tag, parser): Node => {
  const markup = parser.markupOf(tag)
  const first = parseExpression(markup)
  const name = markup.take(':') ? first : undefined
  const values = name === undefined ? [first] : []
  if (name === undefined) markup.take(',')
  while (markup.kind !== 'end') {
    values.push(parseExpression(markup))
    if (!markup.take(',')) break
  }
  markup.expectEnd()
  if (values.length === 0) throw markup.unexpected('a value')
  const own = values.every(({ type }) => type === 'literal') ? JSON.stringify(values.map(literalOf)) : {}
  return {
    at: tag.begin,
    isBlank: false,
    render(run) {
      const { cycles } = run.scope
      const key = name === undefined ? own : `name ${printValue(evaluate(name, run), run)}`
      if (!cycles.has(key)) run.use(typeof key === 'string' ? key.length : 1)
      const index = cycles.get(key) ?? 0
      const value = values[index]
      cycles.set(key, index + 1 < values.length ? index + 1 : 0)
      if (value !== undefined) run.write(printEscaped(evaluate(value, run), run))
      return undefined
    },
    visit(walk) {
      if (name !== undefined) walk.reads(name)
      for (const value of values) walk.reads(value)
    },
  }
}

function literalOf(expression: Expression): unknown {
  return expression.type === 'literal' ? [typeof expression.value, String(expression.value)] : undefined
}
