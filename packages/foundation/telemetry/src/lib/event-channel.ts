import { type Channel, channel as openChannel } from 'node:diagnostics_channel'
import { redact } from '@empire/redaction'
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

export type EventFields = Readonly<Record<string, FieldKind>>

/** The platform's clock: milliseconds since the epoch, with their fraction. */
export const platformClock: () => number = () => timeOrigin + performance.now()
const { timeOrigin } = performance

type Message = Record<string, unknown>

// A class, and publish() apart from #send(): in both ways a call without subscribers is compiled into its caller.
class DefinedEvent implements EventChannel<EventFields> {
  // Node forgets a channel that nobody holds.
  readonly #channel: Channel
  readonly #contents: readonly string[]
  readonly #details: readonly string[]
  readonly #now: () => number

  constructor(name: string, fields: EventFields, now: () => number) {
    this.#channel = openChannel(name)
    this.#contents = Object.keys(fields).filter((field) => fields[field] === 'content')
    this.#details = Object.keys(fields).filter((field) => fields[field] === 'detail')
    this.#now = now
  }

  get name(): string {
    return String(this.#channel.name)
  }

  get hasSubscribers(): boolean {
    return this.#channel.hasSubscribers
  }

  publish(payload?: EventPayload<EventFields>): void {
    if (this.#channel.hasSubscribers) this.#send(payload)
  }

  subscribe(listener: (message: EventMessage<EventFields>) => void): () => void {
    if (typeof listener !== 'function') {
      throw new TypeError(`subscribe: "listener" must be a function, got ${typeof listener}.`)
    }
    // A function of its own, so that the same listener may subscribe twice and leave once.
    const hear = (message: unknown): void => listener(message as EventMessage<EventFields>)
    this.#channel.subscribe(hear)
    return () => void this.#channel.unsubscribe(hear)
  }

  #send(payload: EventPayload<EventFields> | undefined): void {
    // Also of what is no payload: telemetry does not fail its callers.
    const message: Message = { ...payload, at: payload?.at ?? this.#now() }
    for (const field of this.#contents) {
      message[field] = processState.content ? readContent(message[field]) : undefined
    }
    for (const field of this.#details) if (field in message) message[field] = redact(message[field])
    this.#channel.publish(message)
  }
}

export function createEventChannel(name: string, fields: EventFields, now: () => number): EventChannel<EventFields> {
  return new DefinedEvent(name, fields, now)
}
