import { createLiquid } from '@empire/template-liquid'
import { expectTypeOf } from 'vitest'
import { type Context, createContext } from './context.ts'
import { isPrompt } from './is-prompt.ts'
import type { Message, PromptMessage, Role, ToolResultMessage } from './message.ts'
import type { MessageInput } from './message-input.ts'
import type { RenderedMessage, RenderedPrompt } from './rendered-message.ts'

const context = createContext({ engines: [createLiquid()] })
expectTypeOf(context.user('Hi', { tags: ['a'] })).toEqualTypeOf<Context>()
expectTypeOf(context.messages).toEqualTypeOf<readonly Message[]>()
expectTypeOf(context.renderMessages()).toEqualTypeOf<RenderedMessage[]>()
expectTypeOf(context.messages[0]!.role).toEqualTypeOf<Role>()
expectTypeOf(context.model).toEqualTypeOf<string | undefined>()
expectTypeOf(context.measureTokens()).toEqualTypeOf<Readonly<{ tokens: number; exact: boolean }>>()

// The role tells the kinds apart.
const [message] = context.messages
if (message?.role === 'tool_result') expectTypeOf(message).toEqualTypeOf<ToolResultMessage>()
if (message?.role === 'media') expectTypeOf(message.mimeType).toEqualTypeOf<string>()
const [rendered] = context.renderMessages()
if (rendered?.role === 'tool') expectTypeOf(rendered.args).toEqualTypeOf<Readonly<Record<string, unknown>>>()

expectTypeOf(context.messages.filter(isPrompt)).toEqualTypeOf<PromptMessage[]>()
expectTypeOf(context.renderMessages().filter(isPrompt)).toEqualTypeOf<RenderedPrompt[]>()

// Every message can be added, to any context.
expectTypeOf<Message>().toExtend<MessageInput>()
expectTypeOf(context.withMessages).toBeCallableWith(context.messages)

// A setting that may be undefined can be passed on as it is.
expectTypeOf(createContext).toBeCallableWith({ model: undefined, temperature: undefined, compaction: undefined })
expectTypeOf(context.toolCall).toBeCallableWith({ id: undefined, tool: 'weather', args: {} })
expectTypeOf(context.user).toBeCallableWith('', { template: { module: ({ name }) => `Hi ${String(name)}` } })

// @ts-expect-error -- no such role
context.add({ role: 'function', raw: '' })
// @ts-expect-error -- a tool call has arguments
context.add({ role: 'tool', tool: 'weather' })
// @ts-expect-error -- a result has an id
context.toolResult({ result: 'sunny' })
// @ts-expect-error -- no such option
createContext({ modle: 'gpt-4o' })
// @ts-expect-error -- messages cannot be changed
context.messages.push({ role: 'user', raw: '' })
