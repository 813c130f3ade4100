import type { TagParser } from '../parse/template-parser.ts'
import { type Node, renderBody, visitBody } from '../render/node.ts'

/** `ifchanged`: prints its body unless it is what the last one printed. */
export const ifchangedTag: TagParser = (tag, parser): Node => {
  parser.markupOf(tag).expectEnd()
  const { body } = parser.bodyOf(tag, ['endifchanged'])
  return {
    at: tag.begin,
    isBlank: body.isBlank,
    render(run) {
      const { text, interrupt } = run.capture(() => renderBody(body, run))
      if (text !== run.scope.lastChanged) {
        run.scope.lastChanged = text
        run.write(text)
      }
      return interrupt
    },
    visit(walk) {
      visitBody(body, walk)
    },
  }
}
