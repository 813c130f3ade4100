import { expectKnownKeys } from '@empire/errors'
import type { Role } from '@empire/context'
import type { CompactionDraft } from './compaction-draft.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { cutMiddle } from './cut-middle.ts'
import { expectInteger, expectNames } from './expect-option.ts'
import { quantize } from './quantize.ts'

/** Roles of messages that have a text which can be cut. */
export type TextRole = Exclude<Role, 'tool' | 'media'>

/** Options of `shorten`. */
export interface ShortenOptions {
  /** How long a text may be, in UTF-16 code units (the `length` of a string), from 100 on. Default: 2000. */
  to?: number | undefined
  /** How many of the newest messages stay as they are. Default: 1. */
  keep?: number | undefined
  /** How many messages it takes, beyond those to keep, for the next ones to be looked at. Default: 1. */
  step?: number | undefined
  /** Whose texts may be cut. Default: `user`, `assistant` and `tool_result`. */
  roles?: readonly TextRole[] | undefined
}

const name = 'shorten'
const textRoles: readonly TextRole[] = ['system', 'user', 'assistant', 'tool_result']

/** Cuts the middle out of long texts, and says how much is missing. What is rendered from a template stays. */
export function shorten(options: ShortenOptions = {}): CompactionStrategy {
  expectKnownKeys(`${name}: "options"`, options, ['to', 'keep', 'step', 'roles'])
  const { to = 2000, keep = 1, step = 1, roles = ['user', 'assistant', 'tool_result'] } = options
  expectInteger(name, 'to', to, 100)
  expectInteger(name, 'keep', keep, 0)
  expectInteger(name, 'step', step, 1)
  expectNames(name, 'roles', roles, textRoles)
  const cuttable = new Set<Role>(roles)
  return Object.freeze({
    name,
    run(draft: CompactionDraft) {
      const { messages } = draft
      for (const item of messages.slice(0, quantize(messages.length, keep, step))) {
        const { role, raw, template, engine } = item.message
        if (item.isProtected || !cuttable.has(role) || raw.length <= to) continue
        if (template !== undefined || engine !== undefined) continue
        draft.shorten(item, cutMiddle(raw, to), `${raw.length} characters, and ${to} are the limit`)
      }
    },
  })
}
