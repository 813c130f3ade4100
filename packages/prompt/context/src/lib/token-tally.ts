import { describeValue, EmpireError } from '@empire/errors'
import type { Assigns, TemplateFunction } from '@empire/template'
import { type ChatOverhead, chatOverhead, type TokenCounter } from '@empire/tokens'
import type { Branch } from './branch.ts'
import { BranchFold } from './branch-fold.ts'
import { contextEvents } from './context-events.ts'
import type { Message } from './message.ts'
import { type Renderers, renderMessage } from './render-message.ts'

/** What a tally counts with. */
export interface TallyOptions {
  readonly tokenCounter: TokenCounter
  readonly model: string | undefined
  readonly onUnknownModel: 'error' | 'estimate'
}

type Overhead = Pick<ChatOverhead, 'perMessage' | 'perName' | 'perReply'>

/** Those that most models share. */
const usual: Overhead = { perMessage: 4, perName: 1, perReply: 3 }

interface Count {
  readonly tokens: number
  /** What rendered it, as contexts may have different functions of one name. */
  readonly module: TemplateFunction | undefined
}

/** Counts the messages of contexts of the same model, counter, engines and modules, each message once. */
export class TokenTally {
  readonly #options: TallyOptions
  readonly #counts = new WeakMap<Message, Count>()
  readonly #sums = new BranchFold<Message, number>(0)
  #overhead: Overhead | undefined
  /** What the counter is asked for; nothing once it has said that it does not know the model. */
  #model: string | undefined
  #isEstimate = false

  constructor(options: TallyOptions) {
    this.#options = options
    this.#model = options.model
  }

  /** Whether what was counted so far is the counter's own figure for the model, not an estimate. */
  get exact(): boolean {
    return this.#options.tokenCounter.exact && !this.#isEstimate
  }

  /** The tokens of the first `length` messages of a branch, those that open the reply among them; 0 without messages. */
  total(branch: Branch<Message>, length: number, renderers: Renderers): number {
    if (length === 0) return 0
    const { perReply } = this.#findOverhead()
    return (
      perReply +
      this.#sums.at(branch, length, (sum, message, index) => sum + this.#countMessage(message, index, renderers))
    )
  }

  /** The same for a list of messages rendered with `assigns`. */
  totalWith(messages: readonly Message[], renderers: Renderers, assigns: Assigns): number {
    if (messages.length === 0) return 0
    let total = this.#findOverhead().perReply
    for (const [index, message] of messages.entries()) total += this.#countMessage(message, index, renderers, assigns)
    return total
  }

  #countMessage(message: Message, index: number, renderers: Renderers, assigns?: Assigns): number {
    const isFixed = assigns === undefined || message.template === undefined
    const module = moduleOf(message, renderers)
    const known = isFixed ? this.#counts.get(message) : undefined
    if (known !== undefined && known.module === module) return known.tokens
    const { perMessage, perName } = this.#findOverhead()
    let tokens = perMessage + this.#count(renderMessage(message, index, renderers, assigns))
    if (message.name !== undefined) tokens += perName + this.#count(message.name)
    if (message.role === 'tool') tokens += this.#count(message.tool)
    if (isFixed) this.#counts.set(message, { tokens, module })
    return tokens
  }

  #count(text: string): number {
    const { tokenCounter } = this.#options
    const tokens: unknown = this.#model === undefined ? tokenCounter.count(text) : this.#countFor(this.#model, text)
    if (typeof tokens === 'number' && tokens >= 0 && Number.isFinite(tokens)) return tokens
    throw new TypeError(`Expected "tokenCounter" to count a number of tokens, got ${describeValue(tokens)}.`)
  }

  #countFor(model: string, text: string): number {
    const { tokenCounter } = this.#options
    try {
      return tokenCounter.count(text, { model })
    } catch (error) {
      this.#estimateOr(error)
      this.#model = undefined
      return tokenCounter.count(text)
    }
  }

  #findOverhead(): Overhead {
    this.#overhead ??= this.#overheadOf(this.#options.model)
    return this.#overhead
  }

  #overheadOf(model: string | undefined): Overhead {
    if (model === undefined) return usual
    try {
      return chatOverhead(model)
    } catch (error) {
      this.#estimateOr(error)
      return usual
    }
  }

  /** An exact count of an unknown model is refused unless an estimate will do; an estimating counter never pretends. */
  #estimateOr(error: unknown): void {
    const { tokenCounter, model, onUnknownModel } = this.#options
    if (!(EmpireError.isInstance(error) && error.code === 'unknown_model')) throw error
    if (tokenCounter.exact && onUnknownModel === 'error') throw error
    if (!this.#isEstimate) {
      contextEvents.warning.publish({ reason: 'tokens_estimated', about: { model, tokenCounter: tokenCounter.name } })
    }
    this.#isEstimate = true
  }
}

function moduleOf({ template }: Message, { modules }: Renderers): TemplateFunction | undefined {
  return template !== undefined && 'module' in template ? modules.get(template.module)?.render : undefined
}
