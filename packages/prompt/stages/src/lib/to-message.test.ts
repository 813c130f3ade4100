import { createContext } from '@empire/context'
import { createLiquid } from '@empire/template-liquid'
import { describe, expect, it } from 'vitest'
import { createPrompt } from './prompt.ts'
import { toMessage } from './to-message.ts'

const prompt = createPrompt().add('Task', ['Greet {{ user.name }}', 'in {{ language }}'])

describe('toMessage', () => {
  it('gives a message for a context, with the variables of its template', () => {
    const engine = createLiquid()
    const message = toMessage(prompt, { engine, assigns: { language: 'Latin' }, metadata: { version: 2 } })
    expect(message).toEqual({
      role: 'system',
      raw: '1. Task\n  - Greet {{ user.name }}\n  - in {{ language }}',
      engine: 'liquid',
      assigns: { language: 'Latin' },
      metadata: { version: 2, variables: ['user.name', 'language'] },
    })
    const context = createContext({ engines: [engine] }).add(message)
    expect(context.render({ user: { name: 'Ada' } })).toBe('1. Task\n  - Greet Ada\n  - in Latin')
  })

  it('is plain text without an engine, in the form that is asked for', () => {
    expect(toMessage(prompt, { role: 'user', render: { levels: ['markdown'] } })).toEqual({
      role: 'user',
      raw: '# Task\n1. Greet {{ user.name }}\n2. in {{ language }}',
    })
  })

  it('passes on what the engine says to a text that is no template', () => {
    expect(() => toMessage(createPrompt().add('a', '{{'), { engine: createLiquid() })).toThrow(/line 2/)
  })

  it.each([
    [{ role: 'tool' }, 'Expected "role" to be "system", "user" or "assistant", got a string ("tool").'],
    [
      { engine: 'liquid' },
      'Expected "engine" to be a TemplateEngine, such as createLiquid() makes, got a string ("liquid").',
    ],
    [{ asigns: {} }, '"options" has no key "asigns". Did you mean "assigns"?'],
  ])('refuses %j', (options, message) => {
    expect(() => toMessage(prompt, options as object)).toThrow(new TypeError(message))
  })
})
