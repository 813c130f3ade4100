import { BusClosedError } from '@empire/bus'
import { Connection, isRefusal, type ConnectionOptions } from './connection.ts'
import { createLateError, createLostError, createRefusedError, createSilentError } from './unavailable-errors.ts'
import { waitFor } from './wait-for.ts'

/** Sends messages, each at most once and in order. Without a connection they wait for one. */
export class Publisher {
  readonly #connection: Connection
  readonly #options: Pick<ConnectionOptions, 'address' | 'timeout' | 'onError'>
  /** In the order of their messages. */
  readonly #waiting = new Map<() => void, (error: Error) => void>()
  readonly #sent = new Set<Promise<void>>()

  constructor(options: Pick<ConnectionOptions, 'address' | 'timeout' | 'onError'>) {
    this.#options = options
    this.#connection = new Connection({ ...options, use: 'publish', onReady: () => this.#sendWaiting(), onLost() {} })
  }

  async publish(channel: string, text: string, signal: AbortSignal | undefined): Promise<void> {
    this.#connection.start()
    const answer = Promise.withResolvers<void>()
    let isSent = false
    const send = (): void => {
      isSent = true
      answer.resolve(this.#send(channel, text))
    }
    if (this.#connection.isReady) send()
    else this.#waiting.set(send, answer.reject)
    try {
      await waitFor(answer.promise, {
        timeout: this.#options.timeout,
        signal,
        createError: () =>
          isSent
            ? createSilentError(this.#options)
            : createLateError(this.#options, 'publish', this.#connection.lastError),
      })
    } finally {
      this.#waiting.delete(send)
    }
  }

  /** Refuses what waits, and ends the connection when what was sent is answered. */
  async close(): Promise<void> {
    for (const refuse of this.#waiting.values()) refuse(new BusClosedError('publish'))
    this.#waiting.clear()
    await Promise.allSettled(this.#sent)
    await this.#connection.close()
  }

  #sendWaiting(): void {
    const waiting = [...this.#waiting.keys()]
    this.#waiting.clear()
    for (const send of waiting) send()
  }

  async #send(channel: string, text: string): Promise<void> {
    const sent = this.#connection.publish(channel, text)
    this.#sent.add(sent)
    try {
      await sent
    } catch (error) {
      const { address } = this.#options
      const cause = this.#connection.clean(error)
      throw isRefusal(error) ? createRefusedError(address, 'publish', cause) : createLostError(address, cause)
    } finally {
      this.#sent.delete(sent)
    }
  }
}
