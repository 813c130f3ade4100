import { type Condition, holds, parseCondition } from '../expression/condition.ts'
import type { TagParser } from '../parse/template-parser.ts'
import { withoutBlanks } from '../parse/template-parser.ts'
import { type Body, type Node, renderBody, visitBody } from '../render/node.ts'

interface Branch {
  /** Nothing for `else`. */
  readonly condition: Condition | undefined
  /** What the condition has to give. */
  readonly wanted: boolean
}

/** `if` and `unless`, with `elsif` and `else`. */
export const ifTag: TagParser = (tag, parser): Node => {
  const branches: Branch[] = [{ condition: parseCondition(parser.markupOf(tag)), wanted: tag.name === 'if' }]
  const found: Body[] = []
  const ends = ['elsif', 'else', `end${tag.name}`]
  for (let { body, end } = parser.bodyOf(tag, ends); ; { body, end } = parser.bodyOf(tag, ends)) {
    found.push(body)
    if (end.name !== 'elsif' && end.name !== 'else') break
    const condition = end.name === 'elsif' ? parseCondition(parser.markupOf(end)) : undefined
    branches.push({ condition, wanted: true })
  }
  const bodies = withoutBlanks(found)
  return {
    at: tag.begin,
    isBlank: bodies.every(({ isBlank }) => isBlank),
    render(run) {
      for (const [index, { condition, wanted }] of branches.entries()) {
        const body = bodies[index]
        if (body === undefined || (condition !== undefined && holds(condition, run) !== wanted)) continue
        return renderBody(body, run)
      }
      return undefined
    },
    visit(walk) {
      walk.branches(
        branches.map(({ condition }, index) => () => {
          for (const { left, right } of condition?.terms ?? []) {
            walk.reads(left)
            if (right !== undefined) walk.reads(right)
          }
          const body = bodies[index]
          if (body !== undefined) visitBody(body, walk)
        }),
        branches.some(({ condition }) => condition === undefined),
      )
    },
  }
}
