import type { TagParser } from '../parse/template-parser.ts'
import type { Node } from '../render/node.ts'

/** `break` and `continue`: end the loop, or this turn of it; outside of a loop, the template. */
export const interruptTag: TagParser = (tag, parser): Node => {
  parser.markupOf(tag).expectEnd()
  const interrupt = tag.name === 'break' ? 'break' : 'continue'
  return { at: tag.begin, isBlank: false, render: () => interrupt, visit: () => undefined }
}
