import { type Channel, channel as openChannel } from 'node:diagnostics_channel'
import { readContent } from './content-recording.ts'
import type { EventMessage, EventPayload, FieldKind } from './event-definition.ts'
import { processState } from './process-state.ts'

/** An event that can be published and heard. It lives on the diagnostics channel of its name. */
export interface EventChannel<Fields> {
  /** The name of the diagnostics channel: `empire:<package>:<event>`. */
  readonly name: string
  /** Whether anybody listens: to ask before a payload is worked out that costs more than a few numbers. */
  readonly hasSubscribers: boolean
  /**
   * Tells the subscribers, before it returns. Does next to nothing while there are none.
   *
   * What a subscriber throws is not thrown here: Node reports it as an uncaught exception.
   */
  readonly publish: object extends EventPayload<Fields>
    ? (payload?: EventPayload<Fields>) => void
    : (payload: EventPayload<Fields>) => void
  /** Calls `listener` at each event, until the function that this returns is called. */
  subscribe(listener: (message: EventMessage<Fields>) => void): () => void
}

export type Fields = Readonly<Record<string, FieldKind>>

/** The platform's clock: milliseconds since the epoch, with their fraction. */
export const platformClock: () => number = () => timeOrigin + performance.now()
const { timeOrigin } = performance

type Message = Record<string, unknown>

export function createEventChannel(name: string, fields: Fields, now: () => number): EventChannel<Fields> {
  // Node forgets a channel that nobody holds, and its subscribers with it.
  const channel: Channel = openChannel(name)
  const contents = Object.keys(fields).filter((field) => fields[field] === 'content')
  return Object.freeze({
    name,
    get hasSubscribers() {
      return channel.hasSubscribers
    },
    publish(payload?: EventPayload<Fields>): void {
      if (!channel.hasSubscribers) return
      const message: Message = { ...payload, at: payload?.at ?? now() }
      for (const field of contents) message[field] = processState.content ? readContent(message[field]) : undefined
      channel.publish(message)
    },
    subscribe(listener: (message: EventMessage<Fields>) => void): () => void {
      if (typeof listener !== 'function') {
        throw new TypeError(`subscribe: "listener" must be a function, got ${typeof listener}.`)
      }
      // A function of its own, so that the same listener may subscribe twice and leave once.
      const hear = (message: unknown): void => listener(message as EventMessage<Fields>)
      channel.subscribe(hear)
      return () => void channel.unsubscribe(hear)
    },
  })
}
