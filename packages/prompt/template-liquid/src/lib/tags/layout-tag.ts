import { evaluate, type Expression, parseExpression } from '../expression/expression.ts'
import type { TagParser } from '../parse/template-parser.ts'
import type { Interrupt } from '../render/interrupt.ts'
import { renderFailure } from '../render/liquid-failure.ts'
import { type Body, type Node, renderBody, visitBody } from '../render/node.ts'
import type { Run } from '../render/run.ts'
import type { BlockRenderer } from '../render/scope.ts'
import { BlockDrop } from '../values/block-drop.ts'
import { parseGiven } from './include-tag.ts'

/**
 * `layout`, as liquidjs has it: what stands behind it fills the blocks of another template, which is printed instead.
 * What stands in no block fills the block without a name. `{% layout none %}` is none.
 */
export const layoutTag: TagParser = (tag, parser): Node => {
  const markup = parser.markupOf(tag)
  const path = markup.take('none') ? undefined : parseExpression(markup)
  const given = path === undefined ? [] : parseGiven(markup)
  markup.expectEnd()
  const rest = parser.restOf(tag)
  return {
    at: tag.begin,
    isBlank: false,
    render: (run) => (path === undefined ? renderBody(rest, run) : renderInLayout(path, given, rest, tag.begin, run)),
    visit(walk) {
      if (path !== undefined) walk.reads(path)
      visitBody(rest, walk)
      for (const [, value] of given) walk.reads(value)
      if (path?.type !== 'literal' || typeof path.value !== 'string') return
      const names = given.map(([name]) => name)
      walk.includes(path.value, tag.begin, names, false)
    },
  }
}

function renderInLayout(
  path: Expression,
  given: readonly (readonly [name: string, value: Expression])[],
  rest: Body,
  at: number,
  run: Run,
): Interrupt {
  const { scope } = run
  const name = evaluate(path, run)
  if (typeof name !== 'string') throw renderFailure('"layout" takes the path of a template as a text.')
  const layout = run.settings.load(name)
  const { storesBlocks } = scope
  scope.storesBlocks = true
  const { text } = run.capture(() => renderBody(rest, run))
  scope.storesBlocks = storesBlocks
  run.at = at
  if (!scope.blocks.has('')) {
    scope.blocks.set('', () => {
      run.write(text)
      return undefined
    })
  }
  scope.storesBlocks = false
  const frame = new Map(given.map(([key, value]) => [key, evaluate(value, run)]))
  return scope.within(frame, () => run.include(layout, scope))
}

/** `block`: a part of a layout that the templates in it may fill, with what it prints otherwise. */
export const blockTag: TagParser = (tag, parser): Node => {
  const markup = parser.markupOf(tag)
  const isQuoted = markup.kind === 'string'
  const name = isQuoted ? markup.next().slice(1, -1) : markup.kind === 'end' ? '' : markup.expectName('a name')
  markup.expectEnd()
  const { body } = parser.bodyOf(tag, ['endblock'])
  return {
    at: tag.begin,
    isBlank: false,
    render(run) {
      const { scope } = run
      const renderer = rendererOf(body, scope.blocks.get(name), run)
      if (!scope.storesBlocks) return renderer(() => '')
      run.use(1)
      scope.blocks.set(name, renderer)
      return undefined
    },
    visit(walk) {
      walk.branches([() => walk.within(['block'], () => visitBody(body, walk))], false)
    },
  }
}

/** Prints the block of the template within, which may print this one as its `super`; this one if there is none. */
function rendererOf(body: Body, inner: BlockRenderer | undefined, run: Run): BlockRenderer {
  const { template, scope } = run
  const own: BlockRenderer = (renderSuper) => {
    const frame = new Map<string, unknown>([['block', new BlockDrop(renderSuper)]])
    return run.inside(template, scope, () => scope.within(frame, () => renderBody(body, run)))
  }
  if (inner === undefined) return own
  return (renderSuper) => inner(() => run.capture(() => own(renderSuper)).text)
}
