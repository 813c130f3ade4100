import { inspect } from 'node:util'
import { type Context, createContext } from '@empire/context'
import { createLiquid } from '@empire/template-liquid'
import { failureOf, foreignFailure, key, password, type Writer } from './writer.ts'

/** With the secret wherever a message can hold it. */
function contextWith(secret: string): Context {
  const options = { name: secret, tags: [secret], metadata: { secret }, assigns: { secret }, id: secret }
  return createContext({ model: 'no-such-model', onUnknownModel: 'estimate', tokenCounter })
    .system(secret, options)
    .user(secret, { template: { module: () => secret } })
    .assistant(secret, { engine: 'missing' })
    .toolCall({ id: secret, tool: secret, args: { [secret]: secret }, responseSchema: secret })
    .toolResult({ id: secret, result: { secret } })
    .media({ mimeType: 'image/png', url: secret })
}

const tokenCounter = { name: 'characters', exact: true, count: ({ length }: string) => length }

export const contextWriters: readonly Writer[] = [
  {
    name: 'context: a context printed, and its events',
    secret: password,
    write(secret) {
      const context = contextWith(secret)
      const counted = context.slice(0, 2)
      counted.tokenCount()
      return [context, counted].map((each) => inspect(each, { showHidden: true, depth: 9 }))
    },
  },
  {
    name: 'context: a template that fails on it, a module that throws it',
    secret: key,
    async write(secret) {
      const context = createContext({ engines: [createLiquid()] })
      const fail = (): never => {
        throw foreignFailure(secret)
      }
      const assigns = { user: { [secret]: secret }, secret }
      const broken = [
        context.user('{{ user.name }}', { engine: 'liquid', assigns }),
        context.user('{{ secret | no_such_filter }}', { engine: 'liquid', assigns }),
        context.user('', { template: { module: fail } }),
      ]
      return Promise.all(broken.map((each) => failureOf((async () => each.render())())))
    },
  },
  {
    name: 'context: misuse with it in the wrong place',
    secret: key,
    async write(secret) {
      const context = contextWith(secret)
      const attempts: ((given: never) => unknown)[] = [
        (given) => context.add({ role: given, raw: secret }),
        (given) => context.toolCall({ tool: 'a', args: given }),
        (given) => context.toolResult({ id: given, result: 1 }),
        (given) => context.media({ mimeType: given, url: 'a' }),
        (given) => context.media({ mimeType: 'image/png', data: given }),
        (given) => context.user('a', { tags: given }),
        (given) => context.user('a', { template: given }),
        (given) => context.user('a', { engine: given }).render(),
        (given) => context.withOptions({ temperature: given }),
      ]
      return Promise.all(attempts.map((attempt) => failureOf((async () => attempt(secret as never))())))
    },
  },
]
