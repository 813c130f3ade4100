import type { TagParser } from '../parse/template-parser.ts'
import { assignTag } from './assign-tag.ts'
import { captureTag } from './capture-tag.ts'
import { caseTag } from './case-tag.ts'
import { counterTag } from './counter-tag.ts'
import { cycleTag } from './cycle-tag.ts'
import { forTag } from './for-tag.ts'
import { ifTag } from './if-tag.ts'
import { ifchangedTag } from './ifchanged-tag.ts'
import { includeTag, renderTag } from './include-tag.ts'
import { interruptTag } from './interrupt-tag.ts'
import { blockTag, layoutTag } from './layout-tag.ts'
import { tablerowTag } from './tablerow-tag.ts'
import { commentTag, docTag, inlineCommentTag, rawTag } from './text-tags.ts'

/** The tags of the language; `liquid` is known to the parser itself. */
export const standardTags: ReadonlyMap<string, TagParser> = new Map(
  Object.entries<TagParser>({
    assign: assignTag,
    block: blockTag,
    break: interruptTag,
    capture: captureTag,
    case: caseTag,
    comment: commentTag,
    continue: interruptTag,
    cycle: cycleTag,
    decrement: counterTag,
    doc: docTag,
    echo: (tag, parser) => parser.outputOf(tag),
    for: forTag,
    if: ifTag,
    ifchanged: ifchangedTag,
    include: includeTag,
    increment: counterTag,
    layout: layoutTag,
    raw: rawTag,
    render: renderTag,
    tablerow: tablerowTag,
    unless: ifTag,
    '#': inlineCommentTag,
  }),
)
