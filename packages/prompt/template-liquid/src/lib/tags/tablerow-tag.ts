import { evaluate, type Expression, parseExpression } from '../expression/expression.ts'
import type { TagParser } from '../parse/template-parser.ts'
import { type Node, renderBody, visitBody } from '../render/node.ts'
import type { Run } from '../render/run.ts'
import { itemsOf } from '../values/list-of.ts'
import { TablerowloopDrop } from '../values/tablerowloop-drop.ts'
import { plainNumber, toNumber } from '../values/to-number.ts'

const options = new Set(['cols', 'limit', 'offset'])

/** `tablerow`: a loop that prints the rows and cells of an HTML table. */
export const tablerowTag: TagParser = (tag, parser): Node => {
  const markup = parser.markupOf(tag)
  const variable = markup.expectName('the name of a variable')
  markup.expect('in')
  const collection = parseExpression(markup)
  const given = new Map<string, Expression>()
  while (markup.kind !== 'end') {
    if (markup.take(',')) continue
    if (!options.has(markup.text)) throw markup.unexpected('"cols", "limit" or "offset"')
    const option = markup.next()
    markup.expect(':')
    given.set(option, parseExpression(markup))
  }
  const { body } = parser.bodyOf(tag, ['endtablerow'])

  function valueOf(name: string, run: Run, otherwise: number): number {
    const expression = given.get(name)
    if (expression === undefined) return otherwise
    return Math.trunc(plainNumber(toNumber(evaluate(expression, run), run)))
  }

  return {
    at: tag.begin,
    isBlank: false,
    render(run) {
      const value = evaluate(collection, run)
      if (value === undefined || value === null || value === false) return undefined
      const items = itemsOf(value, run)
      const from = valueOf('offset', run, 0)
      const stop = from + valueOf('limit', run, Infinity)
      const start = Math.max(0, from)
      const length = Math.max(0, Math.min(items.length, stop) - start)
      const loop = new TablerowloopDrop(length, valueOf('cols', run, length))
      const frame = new Map<string, unknown>([['tablerowloop', loop]])
      run.write('<tr class="row1">\n')
      run.scope.within(frame, () => {
        for (; loop.index0 < length; loop.advance()) {
          run.step()
          frame.set(variable, items.at(start + loop.index0) ?? null)
          run.write(`<td class="col${loop.col}">`)
          const interrupt = renderBody(body, run)
          run.write('</td>')
          if (interrupt === 'break') break
          if (loop.endsRow && !loop.isLast) run.write(`</tr>\n<tr class="row${loop.row + 1}">`)
        }
      })
      run.write('</tr>\n')
      return undefined
    },
    visit(walk) {
      walk.reads(collection)
      for (const expression of given.values()) walk.reads(expression)
      walk.branches([() => walk.within([variable, 'tablerowloop'], () => visitBody(body, walk))], false)
    },
  }
}
