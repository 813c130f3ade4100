import { describeValue, EmpireError } from '@empire/errors'
import type { Assigns } from '@empire/template'
import { type ChatOverhead, chatOverhead, type TokenCounter } from '@empire/tokens'
import type { Branch } from './branch.ts'
import type { Message } from './message.ts'
import { type EngineMap, renderMessage } from './render-message.ts'

/** Tokens were asked for, but the context has nothing to count them with. */
export class TokenCounterNotSetError extends EmpireError<'token_counter_not_set'> {
  constructor() {
    super(
      'token_counter_not_set',
      'There is no token counter in this context. Pass one to createContext: { tokenCounter: createEstimator() }.',
    )
  }
}

/** What a tally counts with. */
export interface TallyOptions {
  readonly tokenCounter: TokenCounter
  readonly model: string | undefined
  readonly engines: EngineMap
}

/** Counts the messages of contexts of the same model, counter and engines, each message once. */
export class TokenTally {
  readonly #options: TallyOptions
  readonly #overhead: Overhead
  readonly #counts = new WeakMap<Message, number>()
  /** For each branch, at `i`: the tokens of its first `start + i` messages. */
  readonly #sums = new WeakMap<Branch<Message>, number[]>()

  constructor(options: TallyOptions) {
    this.#options = options
    this.#overhead = overheadOf(options)
  }

  /** The tokens of the first `length` messages of a branch, those that open the reply among them; 0 without messages. */
  total(branch: Branch<Message>, length: number): number {
    if (length === 0) return 0
    const chain: Branch<Message>[] = []
    for (let part: Branch<Message> | undefined = branch; part !== undefined; part = part.parent) {
      chain.push(part)
      if (this.#sums.has(part)) break
    }
    let total = 0
    for (let index = chain.length - 1; index >= 0; index--) {
      const part = chain[index] as Branch<Message>
      const end = chain[index - 1]?.start ?? length
      total = this.#sumUpTo(part, end - part.start, total)
    }
    return total + this.#overhead.perReply
  }

  /** The same for a list of messages rendered with `assigns`. */
  totalWith(messages: readonly Message[], assigns: Assigns): number {
    let total = this.#overhead.perReply
    for (const [index, message] of messages.entries()) total += this.#countMessage(message, index, assigns)
    return total
  }

  #sumUpTo(branch: Branch<Message>, length: number, base: number): number {
    let sums = this.#sums.get(branch)
    if (sums === undefined) this.#sums.set(branch, (sums = [base]))
    for (let index = sums.length - 1; index < length; index++) {
      const tokens = this.#countMessage(branch.items[index] as Message, branch.start + index)
      sums.push((sums[index] as number) + tokens)
    }
    return sums[length] as number
  }

  #countMessage(message: Message, index: number, assigns?: Assigns): number {
    const isFixed = assigns === undefined || (message.engine === undefined && message.template === undefined)
    const known = isFixed ? this.#counts.get(message) : undefined
    if (known !== undefined) return known
    const { perMessage, perName } = this.#overhead
    const text = renderMessage(message, index, this.#options.engines, assigns)
    const name = message.name === undefined ? 0 : this.#count(message.name) + perName
    const tokens = this.#count(text) + perMessage + name
    if (isFixed) this.#counts.set(message, tokens)
    return tokens
  }

  #count(text: string): number {
    const { tokenCounter, model } = this.#options
    const tokens: unknown = tokenCounter.count(text, model === undefined ? undefined : { model })
    if (typeof tokens === 'number' && tokens >= 0 && Number.isFinite(tokens)) return tokens
    throw new TypeError(`Expected "tokenCounter" to count a number of tokens, got ${describeValue(tokens)}.`)
  }
}

type Overhead = Pick<ChatOverhead, 'perMessage' | 'perName' | 'perReply'>

/** An exact count of an unknown model is refused; an estimate goes on with the figures that most models share. */
function overheadOf({ model, tokenCounter }: TallyOptions): Overhead {
  if (model === undefined) return usual
  try {
    return chatOverhead(model)
  } catch (error) {
    if (tokenCounter.exact || !EmpireError.isInstance(error)) throw error
    return usual
  }
}

const usual: Overhead = { perMessage: 4, perName: 1, perReply: 3 }
