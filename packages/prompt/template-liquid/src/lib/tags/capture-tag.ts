import type { TagParser } from '../parse/template-parser.ts'
import { type Node, renderBody, visitBody } from '../render/node.ts'

/** `capture`: gives a name to what its body prints. */
export const captureTag: TagParser = (tag, parser): Node => {
  const markup = parser.markupOf(tag)
  const name = markup.kind === 'string' ? markup.next().slice(1, -1) : markup.expectName('the name of a variable')
  markup.expectEnd()
  const { body } = parser.bodyOf(tag, ['endcapture'])
  return {
    at: tag.begin,
    isBlank: true,
    render(run) {
      const { text, interrupt } = run.capture(() => renderBody(body, run))
      run.scope.locals.set(name, text)
      return interrupt
    },
    visit(walk) {
      visitBody(body, walk)
      walk.binds(name)
    },
  }
}
