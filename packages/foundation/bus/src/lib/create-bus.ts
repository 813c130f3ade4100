import type { Bus, Listener, PublishOptions, SubscribeOptions, Subscription } from './bus.ts'
import { BusClosedError } from './bus-closed-error.ts'
import { checkCall } from './check-call.ts'
import { encodePayload } from './encode-payload.ts'
import { Subscribers, type BusOptions } from './subscribers.ts'

/**
 * A bus within this process.
 *
 * It keeps the promises of a bus between processes: payloads are copied, and refused if JSON cannot carry them. Listeners
 * that are not busy have been called when an awaited `publish()` goes on.
 */
export function createBus<Events extends object = Record<string, unknown>>(options: BusOptions = {}): Bus<Events> {
  const subscribers = new Subscribers(options)
  let isClosed = false

  function expectOpen(action: string): void {
    if (isClosed) throw new BusClosedError(action)
  }

  return Object.freeze({
    async publish(topic: string, payload: unknown, publishOptions: PublishOptions = {}): Promise<void> {
      checkCall(topic, publishOptions)
      const text = encodePayload(payload)
      expectOpen('publish')
      subscribers.deliver(topic, text)
    },

    async subscribe(
      topic: string,
      listener: Listener<never>,
      subscribeOptions: SubscribeOptions = {},
    ): Promise<Subscription> {
      checkCall(topic, subscribeOptions)
      expectOpen('subscribe')
      const remove = subscribers.add(topic, listener, subscribeOptions)
      return Object.freeze({
        topic,
        async unsubscribe(): Promise<void> {
          remove()
        },
      })
    },

    async close(): Promise<void> {
      isClosed = true
      subscribers.clear()
    },
  })
}
