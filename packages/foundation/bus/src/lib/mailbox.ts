import type { Gap, Listener } from './bus.ts'
import { busEvents } from './bus-events.ts'

/** What a mailbox delivers to, and how much it holds. */
export interface MailboxOptions {
  readonly topic: string
  readonly listener: Listener<unknown>
  readonly onGap: ((gap: Gap) => void | Promise<void>) | undefined
  readonly limit: number
  /** Hears what the listeners throw or reject with. It must not throw. */
  readonly onError: (error: unknown) => void
}

type Item = { readonly payload: unknown } | { readonly gap: Gap }

/** The messages and gaps that wait for one listener, delivered one at a time and in order. */
export class Mailbox {
  readonly #options: MailboxOptions
  #items: Item[] = []
  #messages = 0
  #isDelivering = false
  #isClosed = false

  constructor(options: MailboxOptions) {
    this.#options = options
  }

  deliver(payload: unknown): void {
    if (this.#messages >= this.#options.limit) return this.reportGap('overflow')
    this.#messages += 1
    this.#add({ payload })
  }

  reportGap(reason: Gap['reason']): void {
    const last = this.#items.at(-1)
    // With no message between them, two gaps are one.
    if (this.#isClosed || (last !== undefined && 'gap' in last)) return
    busEvents.gap.publish({ topic: this.#options.topic, reason })
    this.#add({ gap: Object.freeze({ topic: this.#options.topic, reason }) })
  }

  close(): void {
    this.#isClosed = true
    this.#items = []
  }

  #add(item: Item): void {
    if (this.#isClosed) return
    this.#items.push(item)
    if (this.#isDelivering) return
    this.#isDelivering = true
    // Not at once: a listener that publishes must not be overtaken by its own message at the listeners after it.
    queueMicrotask(() => void this.#deliverAll())
  }

  async #deliverAll(): Promise<void> {
    while (this.#items.length > 0) {
      const items = this.#items
      this.#items = []
      for (const item of items) {
        if (this.#isClosed) return
        try {
          const handled = this.#handle(item)
          // What is no promise is not awaited: it would cost a turn per message.
          if (typeof handled?.then === 'function') await handled
        } catch (error) {
          this.#options.onError(error)
        }
      }
    }
    this.#isDelivering = false
  }

  #handle(item: Item): void | Promise<void> {
    if ('gap' in item) return this.#options.onGap?.(item.gap)
    this.#messages -= 1
    return this.#options.listener(item.payload)
  }
}
