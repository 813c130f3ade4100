import { describeValue } from '@empire/errors'
import type { Assigns } from '@empire/template'
import { appendItem, Branch, listItems } from './branch.ts'
import { changeSettings, type ContextOptions, noSettings, type Settings } from './context-settings.ts'
import { createMessage, createMessageFrom, type Message, type MessageInput, type MessageOptions } from './message.ts'
import { renderMessage, type RenderedMessage } from './render-message.ts'
import { TokenCounterNotSetError, TokenTally } from './token-tally.ts'

/** A context as plain data. */
export interface ContextJSON {
  /** The version of this shape. */
  readonly version: 1
  /** The name of the model. */
  readonly model?: string
  /** The temperature to generate with. */
  readonly temperature?: number
  /** How many tokens the context should have at most. */
  readonly maxTokens?: number
  /** The messages, oldest first. */
  readonly messages: readonly Message[]
}

/**
 * The messages for a model and what is known about the call: an immutable value.
 *
 * Every method leaves its context as it was; those that change something give a new one, which shares its messages with
 * the old one.
 */
export class Context {
  readonly #settings: Settings
  readonly #branch: Branch<Message>
  readonly #length: number
  #messages: readonly Message[] | undefined
  #tokens: number | undefined

  /** Use `createContext`. */
  constructor(settings: Settings, branch: Branch<Message>, length: number) {
    this.#settings = settings
    this.#branch = branch
    this.#length = length
  }

  /** The name of the model. */
  get model(): string | undefined {
    return this.#settings.model
  }

  /** The temperature to generate with. */
  get temperature(): number | undefined {
    return this.#settings.temperature
  }

  /** How many tokens the context should have at most. */
  get maxTokens(): number | undefined {
    return this.#settings.maxTokens
  }

  /** The number of messages. */
  get length(): number {
    return this.#length
  }

  /** The messages, oldest first; frozen, and the same array each time. */
  get messages(): readonly Message[] {
    this.#messages ??= Object.freeze(listItems(this.#branch, this.#length))
    return this.#messages
  }

  /** Adds a message that sets the rules. */
  system(text: string, options?: MessageOptions): Context {
    return this.#append(createMessage('system', text, options))
  }

  /** Adds a message of the user. */
  user(text: string, options?: MessageOptions): Context {
    return this.#append(createMessage('user', text, options))
  }

  /** Adds a message of the model. */
  assistant(text: string, options?: MessageOptions): Context {
    return this.#append(createMessage('assistant', text, options))
  }

  /** Adds a message. Throws `InvalidRoleError` for a role that is none of the three. */
  add(message: MessageInput | Message): Context {
    return this.#append(createMessageFrom(message))
  }

  /** The same messages for another model. */
  withModel(model: string): Context {
    return this.withOptions({ model })
  }

  /** The same messages with some options replaced; `undefined` takes an option away. */
  withOptions(options: ContextOptions): Context {
    return new Context(changeSettings(this.#settings, options), this.#branch, this.#length)
  }

  /** The messages from `start` up to and not including `end`, both counted as by `Array.prototype.slice`. */
  slice(start?: number, end?: number): Context {
    const from = position(start ?? 0, this.#length)
    const to = Math.max(position(end ?? this.#length, this.#length), from)
    if (from === 0) return new Context(this.#settings, this.#branch, to)
    return this.#of(listItems(this.#branch, to, from))
  }

  /** The messages of this context and then those of the others. All else is that of this context. */
  concat(...others: readonly Context[]): Context {
    let branch = this.#branch
    let length = this.#length
    for (const other of others) {
      if (!(other instanceof Context)) throw new TypeError(`Expected a context, got ${describeValue(other)}.`)
      for (const message of other.messages) branch = appendItem(branch, length++, message)
    }
    return new Context(this.#settings, branch, length)
  }

  /**
   * The text of all messages, joined by one newline. `assigns` win over those of the messages.
   *
   * Throws `UnknownEngineError`, or `MessageRenderError` with the code of what went wrong.
   */
  render(assigns?: Assigns): string {
    return this.#renderAll(assigns).join('\n')
  }

  /** The messages as a model takes them. `assigns` win over those of the messages. Throws what `render` throws. */
  renderMessages(assigns?: Assigns): RenderedMessage[] {
    const { messages } = this
    return this.#renderAll(assigns).map((content, index) => ({ role: (messages[index] as Message).role, content }))
  }

  /**
   * The tokens of the rendered messages, what a chat adds around each of them, and what opens the reply. A context
   * without messages has 0.
   *
   * Every message is counted once, for all contexts that share it and have the same model, counter and engines; with
   * `assigns` those with an engine are counted again. The overhead is that of `chatOverhead`; where it knows nothing
   * about the model an estimating counter goes on with 4 a message and 3 for the reply.
   *
   * Throws `TokenCounterNotSetError`, what `render` throws, and `UnknownModelError` if the counter is exact.
   */
  tokenCount(assigns?: Assigns): number {
    const tally = this.#tally()
    if (assigns === undefined) return (this.#tokens ??= tally.total(this.#branch, this.#length))
    checkAssigns(assigns)
    return this.#length === 0 ? 0 : tally.totalWith(this.messages, assigns)
  }

  /** Everything but the counter and the engines, as plain data for `contextFromJSON`. */
  toJSON(): ContextJSON {
    const { model, temperature, maxTokens } = this.#settings
    return {
      version: 1,
      ...(model === undefined ? {} : { model }),
      ...(temperature === undefined ? {} : { temperature }),
      ...(maxTokens === undefined ? {} : { maxTokens }),
      messages: this.messages,
    }
  }

  /** One line for logs: model, number of messages, tokens if they were counted, temperature, limit. Never content. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const { model, temperature, maxTokens, tokenCounter } = this.#settings
    const tokens =
      this.#tokens === undefined ? 'not counted' : `${tokenCounter?.exact === true ? '' : '~'}${this.#tokens}`
    const facts = [
      model !== undefined && `model: ${JSON.stringify(model)}`,
      `messages: ${this.#length}`,
      `tokens: ${tokens}`,
      temperature !== undefined && `temperature: ${temperature}`,
      maxTokens !== undefined && `maxTokens: ${maxTokens}`,
    ]
    return `Context { ${facts.filter(Boolean).join(', ')} }`
  }

  #append(message: Message): Context {
    return new Context(this.#settings, appendItem(this.#branch, this.#length, message), this.#length + 1)
  }

  #of(messages: Message[]): Context {
    return new Context(this.#settings, new Branch(undefined, 0, messages), messages.length)
  }

  #renderAll(assigns: Assigns | undefined): string[] {
    if (assigns !== undefined) checkAssigns(assigns)
    const { engines } = this.#settings
    return this.messages.map((message, index) => renderMessage(message, index, engines, assigns))
  }

  #tally(): TokenTally {
    const { tokenCounter, model, engines } = this.#settings
    if (tokenCounter === undefined) throw new TokenCounterNotSetError()
    this.#settings.tally ??= new TokenTally({ tokenCounter, model, engines })
    return this.#settings.tally
  }
}

/** A context without messages. Throws `TypeError` for an option that does not fit or does not exist. */
export function createContext(options: ContextOptions = {}): Context {
  return new Context(changeSettings(noSettings, options), new Branch(), 0)
}

function position(index: number, length: number): number {
  if (!Number.isInteger(index)) throw new TypeError(`Expected an integer as position, got ${describeValue(index)}.`)
  return index < 0 ? Math.max(length + index, 0) : Math.min(index, length)
}

function checkAssigns(assigns: Assigns): void {
  if (typeof assigns === 'object' && assigns !== null && !Array.isArray(assigns)) return
  throw new TypeError(`Expected "assigns" to be an object of values by name, got ${describeValue(assigns)}.`)
}
