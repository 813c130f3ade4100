import { describeValue } from '@empire/errors'
import { type Context, createContext } from './context.ts'
import type { ContextOptions } from './context-settings.ts'
import { InvalidContextJSONError } from './invalid-context-json-error.ts'
import { checkKnownKeys } from './known-keys.ts'
import type { Message } from './message.ts'

/** Options of `contextFromJSON`: what is not data. */
export type ContextJSONOptions = Pick<ContextOptions, 'tokenCounter' | 'engines'>

const settingNames = new Set(['model', 'temperature', 'maxTokens'])

/**
 * The context that `toJSON` was called on, with the counter and the engines that are given.
 *
 * Takes the data, not its text. Throws `InvalidContextJSONError` if it is not that of a context, or of a version that is
 * not known here.
 */
export function contextFromJSON(json: unknown, options: ContextJSONOptions = {}): Context {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new InvalidContextJSONError('', `expected an object, got ${describeValue(json)}.`)
  }
  const { version, messages, ...settings } = json as Record<string, unknown>
  if (version !== 1) {
    throw new InvalidContextJSONError('version', `expected version 1, got ${describeValue(version)}.`)
  }
  if (!Array.isArray(messages)) {
    throw new InvalidContextJSONError('messages', `expected messages to be an array, got ${describeValue(messages)}.`)
  }
  const empty = createContext(options)
  let context = attemptAt('', () => {
    checkKnownKeys(settings, settingNames, 'context')
    return empty.withOptions(settings)
  })
  for (const [index, message] of messages.entries()) {
    context = attemptAt(`messages[${index}]`, () => context.add(message as Message))
  }
  return context
}

function attemptAt(path: string, task: () => Context): Context {
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
