import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Context, createContext } from './context.ts'

const tokenCounter = { name: 'length', exact: true, count: (text: string) => text.length }

/** What is done to one of the contexts so far, with the help of another; names are few, so that they meet. */
const steps = fc.array(
  fc.record({
    act: fc.constantFrom('name', 'register', 'join', 'cut', 'replace', 'say'),
    on: fc.nat(),
    other: fc.nat(),
    name: fc.constantFrom('a', 'b'),
    text: fc.string({ maxLength: 20 }),
  }),
  { maxLength: 15 },
)
type Step = typeof steps extends fc.Arbitrary<readonly (infer One)[]> ? One : never

function take({ act, name, text }: Step, context: Context, other: Context): Context {
  const render = { [name]: () => text }[name]!
  switch (act) {
    case 'name':
      return context.user('', { template: { module: name } })
    case 'register':
      return context.user('', { template: { module: render } })
    case 'join':
      return context.concat(other)
    case 'cut':
      return context.slice(0, -1)
    case 'replace':
      return context.withMessages([...other.messages, { role: 'user', raw: '', template: { module: render } }])
    default:
      return context.user(text)
  }
}

/** The contexts that come of the steps; what cannot be joined is left out. */
function follow(all: readonly Step[]): Context[] {
  const contexts = [createContext({ tokenCounter })]
  for (const step of all) {
    const [context, other] = [step.on, step.other].map((pick) => contexts[pick % contexts.length] as Context)
    try {
      contexts.push(take(step, context!, other!))
    } catch (error) {
      if (!(error instanceof TypeError && error.message.startsWith('Both contexts have a module'))) throw error
    }
    count(contexts.at(-1)!)
  }
  return contexts
}

/** The tokens, or that a function is missing. */
function count(context: Context): unknown {
  try {
    return context.tokenCount()
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

describe('Context, of any family of forks with functions of one name', () => {
  it('counts what it would count if it were alone', () => {
    fc.assert(
      fc.property(steps, (all) => {
        for (const context of follow(all)) {
          const alone = context.withOptions({ tokenCounter: { ...tokenCounter } }).withMessages(context.messages)
          expect(count(context.fork())).toBe(count(alone))
        }
      }),
      { numRuns: 300 },
    )
  })
})
