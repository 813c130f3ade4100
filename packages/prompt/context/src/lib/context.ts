import { describeValue } from '@empire/errors'
import type { ContentHash } from '@empire/record'
import { type Assigns, checkAssigns, type TemplateEngine, type TemplateFunction } from '@empire/template'
import type { TokenCounter } from '@empire/tokens'
import { awaitsModule } from './awaits-module.ts'
import { appendItem, Branch, listItems } from './branch.ts'
import { checkPairing, findTool } from './check-pairing.ts'
import { contextEvents } from './context-events.ts'
import { type ContextJSON, toContextJSON } from './context-data.ts'
import type { CompactionSetting, ContextOptions } from './context-options.ts'
import { changeSettings, noSettings, type Settings, withModules } from './context-settings.ts'
import { toMediaMessageInput } from './create-media-message.ts'
import { createMessage } from './create-message.ts'
import { createPlainMessage, toPromptInput } from './create-prompt-message.ts'
import { toToolCallMessageInput } from './create-tool-call-message.ts'
import { toToolResultMessageInput } from './create-tool-result-message.ts'
import { hashData } from './hash-data.ts'
import { inspectContext } from './inspect-context.ts'
import { historyHash } from './history-hash.ts'
import type { Message, PromptMessage } from './message.ts'
import type { MediaInput, MessageInput, MessageOptions, ToolCallInput, ToolResultInput } from './message-input.ts'
import { mismatch } from './mismatch.ts'
import { adoptModules, type ModuleRegistry, nameModule } from './module-registry.ts'
import { renderMessage } from './render-message.ts'
import { joinTexts, renderTexts } from './render-history.ts'
import { type RenderedMessage, toRenderedMessage } from './rendered-message.ts'
import { TokenCounterNotSetError } from './token-counter-not-set-error.ts'
import { slicePosition } from './slice-position.ts'
import type { TokenMeasure, TokenTally } from './token-tally.ts'
import { warnOfMissing } from './warn-of-missing.ts'

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

  /** What counts tokens. */
  get tokenCounter(): TokenCounter | undefined {
    return this.#settings.tokenCounter
  }

  /** How to compact the context: what was given, untouched. */
  get compaction(): CompactionSetting | undefined {
    return this.#settings.compaction
  }

  /** The engines that messages may name. */
  get engines(): readonly TemplateEngine[] {
    return [...this.#settings.engines.values()]
  }

  /** The functions that templates may name, those that were given with messages among them. */
  get modules(): Readonly<Record<string, TemplateFunction>> {
    return Object.fromEntries([...this.#settings.modules].map(([name, { render }]) => [name, render]))
  }

  /** Makes the ids of messages and tool calls. */
  get createId(): () => string {
    return this.#settings.createId
  }

  /** What happens when nothing is known about the model. */
  get onUnknownModel(): 'error' | 'estimate' {
    return this.#settings.onUnknownModel
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
    return this.#say('system', text, options)
  }

  /** Adds a message of the user. */
  user(text: string, options?: MessageOptions): Context {
    return this.#say('user', text, options)
  }

  /** Adds a message of the model. */
  assistant(text: string, options?: MessageOptions): Context {
    return this.#say('assistant', text, options)
  }

  /**
   * Adds a tool call of the model; `id` is what its result will name.
   *
   * Throws `InvalidToolArgsError` for arguments that are no object, `ToolPairingError` with `tool_call_exists` while another
   * call of that id waits for its result.
   */
  toolCall(call: ToolCallInput): Context {
    return this.add(toToolCallMessageInput(call))
  }

  /**
   * Adds what a tool answered to the earlier call that `id` names.
   *
   * Throws `ToolPairingError`: `tool_call_not_found` if there is no such call, `tool_result_exists` if it has its result.
   */
  toolResult(result: ToolResultInput): Context {
    return this.add(toToolResultMessageInput(result))
  }

  /** Adds a picture, a sound, a document to the user's turn. Throws `InvalidMediaTypeError` for a type that is none. */
  media(media: MediaInput): Context {
    return this.add(toMediaMessageInput(media))
  }

  /**
   * Adds a message; one of another context is taken as it is.
   *
   * Throws `InvalidRoleError`, and what the methods for each kind throw.
   */
  add(message: MessageInput | Message): Context {
    const [modules, input] = nameModule(this.#settings.modules, message)
    const made = this.#create(input, this.#branch, this.#length)
    checkPairing(made, this.#branch, this.#length)
    return this.#append(made, this.#withModules(modules, [made]))
  }

  /** The same messages for another model. What was counted for the old one is not used. */
  withModel(model: string): Context {
    return this.withOptions({ model })
  }

  /** The same messages with some options replaced; `undefined` takes an option away. */
  withOptions(options: ContextOptions): Context {
    return new Context(changeSettings(this.#settings, options), this.#branch, this.#length)
  }

  /**
   * The same options with other messages. Those of a context are taken as they are, and what is known about them is kept.
   *
   * Results need no call here: a window of a history may begin between them. Throws what `add` throws for each message.
   */
  withMessages(messages: readonly (MessageInput | Message)[]): Context {
    if (!Array.isArray(messages)) throw mismatch('messages', 'an array of messages', messages)
    let modules = this.#settings.modules
    const branch = new Branch<Message>()
    for (const [index, message] of messages.entries()) {
      const [longer, input] = nameModule(modules, message)
      modules = longer
      branch.items.push(this.#create(input, branch, index))
    }
    return new Context(withModules(this.#settings, modules), branch, branch.items.length)
  }

  /** The messages from `start` up to and not including `end`, both counted as by `Array.prototype.slice`. */
  slice(start?: number, end?: number): Context {
    const from = slicePosition(start ?? 0, this.#length)
    const to = Math.max(slicePosition(end ?? this.#length, this.#length), from)
    if (from === 0) return new Context(this.#settings, this.#branch, to)
    return new Context(this.#settings, new Branch(undefined, 0, listItems(this.#branch, to, from)), to - from)
  }

  /** A context of its own to go on from, which shares all messages with this one. */
  fork(): Context {
    return new Context(this.#settings, this.#branch, this.#length)
  }

  /**
   * The messages of this context and then those of the others. All else is that of this context, and the modules that the
   * messages of the others name.
   *
   * Throws `TypeError` if a module that they name is another function here.
   */
  concat(...others: readonly Context[]): Context {
    let { modules } = this.#settings
    for (const other of others) {
      if (!(other instanceof Context)) throw new TypeError(`Expected a context, got ${describeValue(other)}.`)
      modules = adoptModules(modules, other.messages, other.#settings.modules)
    }
    const added = others.flatMap(({ messages }) => messages)
    const settings = this.#withModules(modules, added)
    let branch = this.#branch
    let length = this.#length
    for (const message of added) branch = appendItem(branch, length++, message)
    return new Context(settings, branch, length)
  }

  /**
   * The text of all messages, joined by one newline. `assigns` win over those of the messages.
   *
   * Throws `UnknownEngineError`, or `MessageRenderError` with the code of what went wrong.
   */
  render(assigns?: Assigns): string {
    return [...this.#texts(assigns)].join('\n')
  }

  /**
   * Each message with its text and what its kind holds: a call its arguments, a medium its place. `assigns` win over those
   * of the messages. Throws what `render` throws.
   */
  renderMessages(assigns?: Assigns): RenderedMessage[] {
    const { messages } = this
    if (assigns !== undefined) checkAssigns(assigns)
    return messages.map((message, index) =>
      toRenderedMessage(message, renderMessage(message, index, this.#settings, assigns)),
    )
  }

  /** What `render` gives, piece by piece: each message is rendered when it is asked for. Throws what `render` throws. */
  stream(assigns?: Assigns): Generator<string, void, undefined> {
    return joinTexts(this.#texts(assigns))
  }

  /**
   * The tokens of the rendered messages, what a chat adds around each of them, and what opens the reply. A context
   * without messages has 0.
   *
   * Every message is counted once, for all contexts that share it and have the same model, counter, engines and modules;
   * with `assigns` those with a template are counted again. A tool call counts its name and its text, a medium its text: what
   * a model makes of a picture is not known here. The overhead is that of `chatOverhead`; where it knows nothing about the
   * model an estimate goes on with 4 a message and 3 for the reply.
   *
   * Throws `TokenCounterNotSetError`, what `render` throws, and `UnknownModelError` if the counter is exact and
   * `onUnknownModel` is not `estimate`.
   */
  tokenCount(assigns?: Assigns): number {
    return this.measureTokens(assigns).tokens
  }

  /** What `tokenCount` gives, and whether it is exact. Throws what `tokenCount` throws. */
  measureTokens(assigns?: Assigns): TokenMeasure {
    const tally = this.#tally()
    if (assigns === undefined) {
      this.#tokens ??= tally.total(this.#branch, this.#length, this.#settings)
      return { tokens: this.#tokens, exact: tally.exact }
    }
    checkAssigns(assigns)
    return { tokens: tally.totalWith(this.messages, this.#settings, assigns), exact: tally.exact }
  }

  /**
   * Whether the other is a context of the same model, temperature, limit and messages. Ids do not count, but which call
   * a result belongs to does.
   */
  equals(other: unknown): boolean {
    if (this === other) return true
    return other instanceof Context && this.#length === other.#length && this.hash() === other.hash()
  }

  /**
   * The same for contexts that are equal, in this process or another: the SHA-256 of the canonical JSON of model,
   * temperature, limit and the hash of the messages, each of which is hashed once.
   */
  hash(): ContentHash {
    const { model, temperature, maxTokens } = this.#settings
    return hashData({ model, temperature, maxTokens, messages: historyHash(this.#branch, this.#length) })
  }

  /** All that is data, for `contextFromJSON`: neither counter, engines and modules, nor how to compact. */
  toJSON(): ContextJSON {
    return toContextJSON(this.#settings, this.messages)
  }

  /** One line for logs: model, number of messages, tokens if they were counted, temperature, limit. Never content. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return inspectContext(this.#settings, this.#length, this.#tokens)
  }

  #say(role: PromptMessage['role'], text: string, options: MessageOptions | undefined): Context {
    if (options !== undefined) return this.add(toPromptInput(role, text, options))
    return this.#append(createPlainMessage(role, text, this.#settings.createId), this.#settings)
  }

  #create(input: MessageInput | Message, branch: Branch<Message>, length: number): Message {
    const { createId } = this.#settings
    return createMessage(input, { createId, toolOf: (callId) => findTool(callId, branch, length) })
  }

  #append(message: Message, settings: Settings): Context {
    const length = this.#length + 1
    const branch = appendItem(this.#branch, this.#length, message)
    warnOfMissing(message, settings)
    if (contextEvents.add.hasSubscribers) {
      contextEvents.add.publish({ role: message.role, characters: message.raw.length, length })
    }
    return new Context(settings, branch, length)
  }

  #withModules(modules: ModuleRegistry, added: readonly Message[]): Settings {
    const { modules: own } = this.#settings
    const isAwaiting = modules !== own && awaitsModule(this.#branch, this.#length, own, added)
    return withModules(this.#settings, modules, isAwaiting)
  }

  #texts(assigns: Assigns | undefined): Iterable<string> {
    if (assigns !== undefined) checkAssigns(assigns)
    return renderTexts(this.messages, this.#settings, assigns)
  }

  #tally(): TokenTally {
    const { tally } = this.#settings
    if (tally === undefined) throw new TokenCounterNotSetError()
    return tally
  }
}

/** A context without messages. Throws `TypeError` for an option that does not fit or does not exist. */
export function createContext(options: ContextOptions = {}): Context {
  return new Context(changeSettings(noSettings, options), new Branch(), 0)
}
