import type { TagParser } from '../parse/template-parser.ts'
import type { Node } from '../render/node.ts'
import { plainNumber, toNumber } from '../values/to-number.ts'

/** `increment` prints a counter and adds 1; `decrement` takes 1 off and prints it. It begins with the assign of its name, or 0. */
export const counterTag: TagParser = (tag, parser): Node => {
  const markup = parser.markupOf(tag)
  const name = markup.expectName('the name of a counter')
  markup.expectEnd()
  return {
    at: tag.begin,
    isBlank: false,
    render(run) {
      const { scope } = run
      const count = plainNumber(toNumber(scope.outer(name), run))
      const next = tag.name === 'increment' ? count + 1 : count - 1
      scope.counters.set(name, next)
      run.write(String(tag.name === 'increment' ? count : next))
      return undefined
    },
    visit(walk) {
      walk.binds(name)
    },
  }
}
