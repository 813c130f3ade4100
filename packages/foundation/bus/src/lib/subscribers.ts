import { describeValue } from '@empire/errors'
import type { Gap, Listener, SubscribeOptions } from './bus.ts'
import { busEvents } from './bus-events.ts'
import { decodePayload } from './decode-payload.ts'
import { Mailbox } from './mailbox.ts'

/** What every bus takes. */
export interface BusOptions {
  /**
   * Hears what a listener or `onGap` throws or rejects with; the others and later messages are not affected.
   * Default: it becomes an unhandled rejection, which ends a Node process.
   */
  readonly onError?: ((error: unknown, topic: string) => void) | undefined
}

const defaultLimit = 10_000

/** The listeners of one process by topic: what a bus is made of, once it can carry texts. */
export class Subscribers {
  readonly #topics = new Map<string, Set<Mailbox>>()
  readonly #onError: (error: unknown, topic: string) => void

  constructor(options: BusOptions = {}) {
    if (typeof options !== 'object' || (options as unknown) === null) {
      throw new TypeError(`"options" must be an object, got ${describeValue(options)}.`)
    }
    const { onError = rethrow } = options
    expectFunction('onError', onError)
    // Asynchronous, so that what it throws becomes an unhandled rejection and stops no delivery.
    this.#onError = async (error, topic) => {
      busEvents.failure.publish({ topic, error })
      await onError(error, topic)
    }
  }

  /**
   * Adds a listener, from now on called for its topic. The returned function removes it.
   *
   * @throws {TypeError} for a listener or an option that is none.
   */
  add(topic: string, listener: Listener<never>, options: SubscribeOptions = {}): () => void {
    const { onGap, limit = defaultLimit } = options
    expectFunction('listener', listener)
    if (onGap !== undefined) expectFunction('onGap', onGap)
    if (!(limit === Infinity || (Number.isSafeInteger(limit) && limit >= 1))) {
      throw new TypeError(`"limit" must be a whole number of at least 1, or Infinity, got ${describeValue(limit)}.`)
    }
    const onError = (error: unknown): void => this.#onError(error, topic)
    const mailbox = new Mailbox({ topic, listener: listener as Listener<unknown>, onGap, limit, onError })
    const mailboxes = this.#topics.get(topic) ?? new Set()
    this.#topics.set(topic, mailboxes.add(mailbox))
    return () => {
      mailbox.close()
      mailboxes.delete(mailbox)
      // After a clear(), the topic may have listeners of another set.
      if (mailboxes.size === 0 && this.#topics.get(topic) === mailboxes) this.#topics.delete(topic)
    }
  }

  /** Whether anyone listens to a topic. */
  has(topic: string): boolean {
    return this.#topics.has(topic)
  }

  /** Gives the message that `encodePayload` wrote to the listeners of its topic; any other text is a gap. */
  deliver(topic: string, text: string): void {
    const mailboxes = this.#topics.get(topic)
    if (mailboxes === undefined) return
    let payload: unknown
    try {
      payload = decodePayload(text)
    } catch {
      return this.reportGap(topic, 'unreadable')
    }
    for (const mailbox of mailboxes) mailbox.deliver(payload)
  }

  /** Tells the listeners of a topic that they may have missed messages. */
  reportGap(topic: string, reason: Gap['reason']): void {
    for (const mailbox of this.#topics.get(topic) ?? []) mailbox.reportGap(reason)
  }

  /** Removes all listeners. */
  clear(): void {
    for (const mailboxes of this.#topics.values()) {
      for (const mailbox of mailboxes) mailbox.close()
    }
    this.#topics.clear()
  }
}

function rethrow(error: unknown): never {
  throw error
}

function expectFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw new TypeError(`"${name}" must be a function, got ${describeValue(value)}.`)
}
