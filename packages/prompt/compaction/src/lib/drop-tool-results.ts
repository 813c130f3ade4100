import { expectKnownKeys } from '@empire/errors'
import { hash } from 'node:crypto'
import type { RenderedMessage } from '@empire/context'
import type { CompactionDraft, DraftMessage } from './compaction-draft.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { expectInteger, expectNames } from './expect-option.ts'
import { quantize } from './quantize.ts'

/** Options of `dropToolResults`. */
export interface DropToolResultsOptions {
  /** How many of the newest results stay, whatever their size. Default: 3. */
  keep?: number | undefined
  /** Results up to this size stay, in bytes of UTF-8. Default: 1024. */
  largerThan?: number | undefined
  /** How many results it takes, beyond those to keep, for the next ones to go. Default: 1. */
  step?: number | undefined
  /** The names of tools whose results stay. Default: none. */
  except?: readonly string[] | undefined
}

const name = 'dropToolResults'

/**
 * Puts a stub in place of old large tool results: the tool, the size, and the SHA-256 of the text in UTF-8, by which the
 * whole result can be found again. Calls stay as they are. The text of a result with a template is what it renders to.
 */
export function dropToolResults(options: DropToolResultsOptions = {}): CompactionStrategy {
  expectKnownKeys(`${name}: "options"`, options, ['keep', 'largerThan', 'step', 'except'])
  const { keep = 3, largerThan = 1024, step = 1, except = [] } = options
  expectInteger(name, 'keep', keep, 0)
  expectInteger(name, 'largerThan', largerThan, 0)
  expectInteger(name, 'step', step, 1)
  expectNames(name, 'except', except)
  const spared = new Set(except)
  return Object.freeze({
    name,
    run(draft: CompactionDraft) {
      const textOf = createTexts(draft)
      const results = draft.messages.filter(({ message }) => message.role === 'tool_result')
      for (const result of results.slice(0, quantize(results.length, keep, step))) {
        const { message, isProtected } = result
        if (isProtected || message.role !== 'tool_result' || spared.has(message.tool)) continue
        if (message.tags?.includes('stub') === true) continue
        const text = textOf(result)
        const size = Buffer.byteLength(text)
        if (size <= largerThan) continue
        const stub = `[Result of ${message.tool} removed: ${size} bytes, sha256:${hash('sha256', text)}]`
        if (size <= Buffer.byteLength(stub)) continue
        draft.stub(result, stub, `${size} bytes, and not among the newest ${keep} results`)
      }
    },
  })
}

/** What messages say in the prompt. The context is rendered once, and only for a message that has a template. */
function createTexts({ context, options }: CompactionDraft): (message: DraftMessage) => string {
  let rendered: readonly RenderedMessage[] | undefined
  return ({ message: { raw, template }, index }) => {
    if (template === undefined || index === undefined) return raw
    rendered ??= context.renderMessages(options.assigns)
    return rendered[index]?.content ?? raw
  }
}
