import { expectKnownKeys } from '@empire/errors'
import { keyAliases } from './key-aliases.ts'
import { toKnownMessage } from './known-message.ts'
import type { PromptMessage } from './message.ts'
import type { MessageOptions, PromptMessageInput } from './message-input.ts'
import type { MessageMaker } from './message-maker.ts'
import { checkText, copyParts, partNames } from './message-parts.ts'
import { isRecord } from './is-record.ts'
import { mismatch } from './mismatch.ts'

const optionNames = partNames
const known = ['role', 'raw', ...partNames]

/** What `system`, `user` and `assistant` take, as one object. */
export function toPromptInput(role: PromptMessage['role'], raw: string, options: MessageOptions): PromptMessageInput {
  checkPromptText(raw)
  if (!isRecord(options)) throw mismatch('options', 'an object', options)
  expectKnownKeys('"options"', options, optionNames, keyAliases)
  return { ...options, role, raw }
}

/** A message of words. Throws `TypeError` for what does not fit. */
export function createPromptMessage(input: PromptMessageInput, { createId }: MessageMaker): PromptMessage {
  expectKnownKeys('"message"', input, known, keyAliases)
  const { role, raw, id } = input
  if (typeof raw !== 'string') throw mismatch('raw', 'a string', raw)
  return toKnownMessage({ id: checkText('id', id ?? createId()), role, raw, ...copyParts(raw, input) })
}

/** The same for a text with nothing to it, which is what most messages are. */
export function createPlainMessage(role: PromptMessage['role'], raw: string, createId: () => string): PromptMessage {
  checkPromptText(raw)
  return toKnownMessage({ id: checkText('id', createId()), role, raw })
}

/** The methods call it `text`, what `add` takes calls it `raw`. */
function checkPromptText(text: unknown): void {
  if (typeof text !== 'string') throw mismatch('text', 'a string', text)
}
