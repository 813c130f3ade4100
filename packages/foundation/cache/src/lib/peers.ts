import type { Subscription } from '@empire/bus'
import type { Clock } from '@empire/clock'
import { type CacheBus, invalidationTopic, readInvalidation } from './invalidation.ts'
import type { Label } from './label.ts'
import { within } from './within.ts'

export interface PeersOptions {
  readonly bus: CacheBus
  readonly namespace: string
  readonly createId: () => string
  readonly clock: Clock
  /** Milliseconds that the bus may take for an answer. */
  readonly timeout: number
  /** Milliseconds between attempts to subscribe. */
  readonly rest: number
  readonly onInvalidation: (labels: readonly Label[], isPending: boolean) => void
  /** Messages may have been missed. */
  readonly onGap: () => void
  readonly onFailure: (error: unknown) => void
}

/** The other caches of a namespace, in this process or elsewhere. */
export class Peers {
  readonly #options: PeersOptions
  readonly #origin: string
  readonly #stop = new AbortController()
  readonly #listening: Promise<void>
  #opening: Promise<void> | undefined
  #subscription: Subscription | undefined

  constructor(options: PeersOptions) {
    this.#options = options
    this.#origin = options.createId()
    this.#listening = this.#listen()
    this.#opening = this.#open()
  }

  /** Resolves when this process hears the others, or after a while: what it would have to hear about must not be kept before. */
  get opening(): Promise<void> | undefined {
    return this.#opening
  }

  async announce(labels: readonly Label[], isPending: boolean): Promise<void> {
    const { bus, namespace, clock, timeout, onFailure } = this.#options
    const message = { namespace, origin: this.#origin, labels, isPending }
    try {
      await within(clock, timeout, (signal) => bus.publish(invalidationTopic, message, { signal }))
    } catch (error) {
      onFailure(error)
      throw error
    }
  }

  async close(): Promise<void> {
    const { clock, timeout, onFailure } = this.#options
    this.#stop.abort()
    try {
      await within(clock, timeout, async () => {
        await this.#listening
        await this.#subscription?.unsubscribe()
      })
    } catch (error) {
      onFailure(error)
    }
  }

  async #open(): Promise<void> {
    const { clock, timeout, onFailure } = this.#options
    // Later than that it goes on without hearing anything, and there is a gap when it does.
    await within(clock, timeout, () => this.#listening).catch(onFailure)
    this.#opening = undefined
  }

  async #listen(): Promise<void> {
    const { bus, clock, rest, onGap, onFailure } = this.#options
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        this.#subscription = await bus.subscribe(invalidationTopic, (message) => this.#hear(message), { onGap, signal })
        // A bus that was too slow to notice: nobody else would.
        if (signal.aborted) return await this.#subscription.unsubscribe()
        if (this.#opening === undefined) onGap()
        return
      } catch (error) {
        if (signal.aborted) return
        onFailure(error)
        try {
          await clock.sleep(rest, { signal })
        } catch (end) {
          if (!signal.aborted) throw end
        }
      }
    }
  }

  #hear(message: unknown): void {
    const { namespace, onInvalidation, onGap } = this.#options
    const invalidation = readInvalidation(message)
    if (invalidation === undefined) return onGap()
    if (invalidation.namespace !== namespace || invalidation.origin === this.#origin) return
    onInvalidation(invalidation.labels, invalidation.isPending)
  }
}
