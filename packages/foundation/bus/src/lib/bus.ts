/**
 * Publish and subscribe by topic. `Events` maps each topic to its payload.
 *
 * A message goes to everyone who is subscribed to its topic when it is published, the publisher's own process included.
 * It reaches a subscriber at most once, and those of one publisher in the order they were published. What a bus cannot
 * promise is that every message arrives: a subscriber that may have missed some is told, through `onGap`.
 *
 * Methods work without the object: `const { publish } = bus`.
 */
export interface Bus<Events extends object = Record<string, unknown>> {
  /**
   * Resolves when the bus has taken the message, not when anyone has handled it.
   *
   * The payload is JSON data; properties that are `undefined` are left out, and what JSON cannot carry is refused.
   *
   * @throws {TypeError} for a topic that is no topic, and for a payload that is not JSON data.
   * @throws {BusClosedError} after `close()`.
   * @throws {BusUnavailableError} when a bus between processes cannot send it.
   */
  publish<Topic extends keyof Events & string>(
    topic: Topic,
    payload: Events[Topic],
    options?: PublishOptions,
  ): Promise<void>
  /**
   * Resolves when the bus listens: messages published from then on are heard.
   *
   * The same listener may subscribe more than once, and then hears each message more than once.
   *
   * @throws {BusClosedError} after `close()`.
   * @throws {BusUnavailableError} when a bus between processes cannot listen.
   */
  subscribe<Topic extends keyof Events & string>(
    topic: Topic,
    listener: Listener<Events[Topic]>,
    options?: SubscribeOptions,
  ): Promise<Subscription>
  /** Ends all subscriptions: no listener is called again, waiting messages are dropped. A second call does nothing more. */
  close(): Promise<void>
}

/**
 * Hears the messages of a topic, one at a time: the next one waits until a returned promise settles.
 *
 * The payload is frozen and shared by all listeners of the process.
 */
export type Listener<Payload> = (payload: Payload) => void | Promise<void>

/** How a message is published. */
export interface PublishOptions {
  /** Gives up waiting; whether the message was sent is then not known. */
  readonly signal?: AbortSignal | undefined
}

/** How a topic is listened to. */
export interface SubscribeOptions {
  /**
   * Called, in its place among the messages, when messages before it may have been missed: whatever was derived from
   * them must be read anew. Messages after it are heard again.
   */
  readonly onGap?: ((gap: Gap) => void | Promise<void>) | undefined
  /** How many messages may wait for a slow listener; more are dropped, which is a gap. Default: 10,000. */
  readonly limit?: number | undefined
  /** Gives up waiting for the subscription to begin. It does not end one that has begun. */
  readonly signal?: AbortSignal | undefined
}

/** Why messages may have been missed. */
export interface Gap {
  /** The topic that was subscribed to. */
  readonly topic: string
  /**
   * - `reconnected`: the connection was lost, and is back.
   * - `overflow`: the listener was too slow, and more messages than `limit` would have waited.
   * - `unreadable`: a message came that no bus of this kind has sent.
   */
  readonly reason: 'reconnected' | 'overflow' | 'unreadable'
}

/** One listener on one topic. */
export interface Subscription {
  /** The topic that was subscribed to. */
  readonly topic: string
  /** The listener is not called again, from this call on; messages that wait for it are dropped. A second call does nothing more. */
  unsubscribe(): Promise<void>
}
