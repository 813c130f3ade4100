import { describeValue, expectKnownKeys } from '@empire/errors'
import { type Context, createContext } from './context.ts'
import type { ContextOptions } from './context-options.ts'
import { pickOptions } from './context-settings.ts'
import { createMessage } from './create-message.ts'
import { InvalidContextJSONError } from './invalid-context-json-error.ts'
import { isRecord } from './is-record.ts'
import { keyAliases } from './key-aliases.ts'
import type { Message } from './message.ts'
import type { MessageInput } from './message-input.ts'
import { mismatch } from './mismatch.ts'

/** Options of `contextFromJSON`: what is not data. */
export type ContextJSONOptions = Pick<
  ContextOptions,
  'tokenCounter' | 'compaction' | 'engines' | 'modules' | 'createId'
>

const optionNames = ['tokenCounter', 'compaction', 'engines', 'modules', 'createId']
const settingNames = ['model', 'temperature', 'maxTokens', 'onUnknownModel']

/**
 * The context that `toJSON` was called on, with the counter, engines and modules that are given.
 *
 * Takes the data, not its text. Throws `InvalidContextJSONError` if it is not that of a context, or of a version that is
 * not known here.
 */
export function contextFromJSON(json: unknown, options: ContextJSONOptions = {}): Context {
  if (!isRecord(options)) throw mismatch('options', 'an object', options)
  expectKnownKeys('"options"', options, optionNames, keyAliases)
  const empty = createContext(pickOptions(options, optionNames))
  if (!isRecord(json)) throw new InvalidContextJSONError('', `expected an object, got ${describeValue(json)}.`)
  const { version, messages, ...settings } = json
  if (version !== 1) {
    throw new InvalidContextJSONError('version', `expected version 1, got ${describeValue(version)}.`)
  }
  if (!Array.isArray(messages)) {
    throw new InvalidContextJSONError('messages', `expected messages to be an array, got ${describeValue(messages)}.`)
  }
  const context = attemptAt('', () => {
    expectKnownKeys('"context"', settings, settingNames, keyAliases)
    return empty.withOptions(settings)
  })
  const maker = { createId: context.createId, toolOf: () => undefined }
  const read = (message: unknown, index: number): Message =>
    attemptAt(`messages[${index}]`, () => createMessage(message as MessageInput, maker))
  return context.withMessages(messages.map(read))
}

function attemptAt<Value>(path: string, task: () => Value): Value {
  try {
    return task()
  } catch (error) {
    throw new InvalidContextJSONError(
      path,
      (path === '' ? '' : `${path}: `) + (error instanceof Error ? error.message : String(error)),
      error,
    )
  }
}
