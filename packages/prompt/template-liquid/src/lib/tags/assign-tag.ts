import { evaluateFiltered, parseFilteredValue, visitFiltered } from '../expression/filtered-value.ts'
import type { TagParser } from '../parse/template-parser.ts'
import type { Node } from '../render/node.ts'

/** `assign`: gives a value a name, from there on to the end of the template. */
export const assignTag: TagParser = (tag, parser): Node => {
  const markup = parser.markupOf(tag)
  const name = markup.expectName('the name of a variable')
  markup.expect('=')
  const value = parseFilteredValue(markup, parser.filters)
  return {
    at: tag.begin,
    isBlank: true,
    render(run) {
      run.use(1)
      // Nil too hides what the name stood for outside.
      run.scope.locals.set(name, evaluateFiltered(value, run) ?? null)
      return undefined
    },
    visit(walk) {
      visitFiltered(value, walk)
      walk.binds(name)
    },
  }
}
