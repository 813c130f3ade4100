import { createLiquid } from '@empire/template-liquid'
import { expectTypeOf } from 'vitest'
import { type Context, createContext } from './context.ts'
import type { Message } from './message.ts'

const context = createContext({ engines: [createLiquid()] })
expectTypeOf(context.user('Hi', { tags: ['a'] })).toEqualTypeOf<Context>()
expectTypeOf(context.messages).toEqualTypeOf<readonly Message[]>()
expectTypeOf(context.add).parameter(0).toExtend<{ role: 'system' | 'user' | 'assistant'; raw: string }>()
expectTypeOf(context.renderMessages()[0]!.role).toEqualTypeOf<'system' | 'user' | 'assistant'>()
expectTypeOf(context.model).toEqualTypeOf<string | undefined>()

// A signal or setting that may be undefined can be passed on as it is.
expectTypeOf(createContext).toBeCallableWith({ model: undefined, temperature: undefined })

// @ts-expect-error -- no such role
context.add({ role: 'tool', raw: '' })
// @ts-expect-error -- no such option
createContext({ modle: 'gpt-4o' })
// @ts-expect-error -- messages cannot be changed
context.messages.push({ role: 'user', raw: '' })
