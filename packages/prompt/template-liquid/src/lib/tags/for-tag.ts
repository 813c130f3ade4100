import { evaluate, type Expression, parseExpression } from '../expression/expression.ts'
import type { VariableWalk } from '../render/variable-walk.ts'
import { type TagParser, withoutBlanks } from '../parse/template-parser.ts'
import type { Interrupt } from '../render/interrupt.ts'
import { type Body, type Node, renderBody, visitBody } from '../render/node.ts'
import type { Run } from '../render/run.ts'
import { ForloopDrop } from '../values/forloop-drop.ts'
import { itemsOf } from '../values/list-of.ts'
import { toInteger } from '../values/to-number.ts'

/** `for`, with `else` for an empty list. */
export const forTag: TagParser = (tag, parser): Node => {
  const markup = parser.markupOf(tag)
  const variable = markup.expectName('the name of a variable')
  markup.expect('in')
  const { at } = markup
  const collection = parseExpression(markup)
  const name = `${variable}-${markup.slice(at, markup.lastEnd)}`
  let isReversed = false
  let offset: Expression | 'continue' | undefined
  let limit: Expression | undefined
  while (markup.kind !== 'end') {
    if (markup.take('reversed')) isReversed = true
    else if (markup.take('limit')) {
      markup.expect(':')
      limit = parseExpression(markup)
    } else if (markup.take('offset')) {
      markup.expect(':')
      offset = markup.take('continue') ? 'continue' : parseExpression(markup)
    } else if (!markup.take(',')) throw markup.unexpected('"limit", "offset" or "reversed"')
  }
  const { body, end } = parser.bodyOf(tag, ['else', 'endfor'])
  const found = [body]
  if (end.name === 'else') found.push(parser.bodyOf(tag, ['endfor']).body)
  const bodies = withoutBlanks(found)
  return new ForNode(tag.begin, bodies, { variable, collection, name, isReversed, offset, limit })
}

interface Loop {
  readonly variable: string
  readonly collection: Expression
  /** What `forloop.name` says, and `offset: continue` goes by. */
  readonly name: string
  readonly isReversed: boolean
  readonly offset: Expression | 'continue' | undefined
  readonly limit: Expression | undefined
}

class ForNode implements Node {
  readonly at: number
  readonly isBlank: boolean
  readonly #body: Body | undefined
  readonly #otherwise: Body | undefined
  readonly #loop: Loop

  constructor(at: number, bodies: readonly Body[], loop: Loop) {
    this.at = at
    this.isBlank = bodies.every(({ isBlank }) => isBlank)
    this.#body = bodies[0]
    this.#otherwise = bodies[1]
    this.#loop = loop
  }

  render(run: Run): Interrupt {
    const { name, offset, limit, collection, isReversed } = this.#loop
    const { scope } = run
    const items = itemsOf(evaluate(collection, run), run)
    const from = offset === 'continue' ? (scope.offsets.get(name) ?? 0) : numberOf(offset, run)
    const start = Math.max(0, from)
    const stop = limit === undefined ? Infinity : from + numberOf(limit, run, Infinity)
    const length = Math.max(0, Math.min(items.length, stop) - start)
    scope.offsets.set(name, from + length)
    if (length === 0) return this.#otherwise && renderBody(this.#otherwise, run)
    run.use(length)
    const first = isReversed ? start + length - 1 : start
    return this.#renderItems(run, length, (index) => items.at(isReversed ? first - index : first + index))
  }

  #renderItems(run: Run, length: number, itemAt: (index: number) => unknown): Interrupt {
    const { scope } = run
    const forloop = new ForloopDrop(this.#loop.name, length, scope.loops.at(-1))
    const frame = new Map<string, unknown>([['forloop', forloop]])
    scope.loops.push(forloop)
    try {
      return scope.within(frame, () => {
        for (; forloop.index0 < length; forloop.index0++) {
          frame.set(this.#loop.variable, itemAt(forloop.index0) ?? null)
          run.step()
          if (this.#body !== undefined && renderBody(this.#body, run) === 'break') break
        }
        return undefined
      })
    } finally {
      scope.loops.pop()
    }
  }

  visit(walk: VariableWalk): void {
    const { variable, collection, offset, limit } = this.#loop
    walk.reads(collection)
    if (offset !== undefined && offset !== 'continue') walk.reads(offset)
    if (limit !== undefined) walk.reads(limit)
    walk.branches(
      [
        () => walk.within([variable, 'forloop'], () => this.#body && visitBody(this.#body, walk)),
        () => this.#otherwise && visitBody(this.#otherwise, walk),
      ],
      true,
    )
  }
}

function numberOf(expression: Expression | undefined, run: Run, otherwise = 0): number {
  const value = expression === undefined ? undefined : evaluate(expression, run)
  return value === undefined || value === null ? otherwise : toInteger(value, run)
}
