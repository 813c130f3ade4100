import type { PublishOptions, SubscribeOptions, Subscription } from './bus.ts'

/**
 * What a package needs of a bus for one topic: any `Bus` that carries it, and one without types, too. So what is heard is
 * `unknown`.
 */
export interface TopicBus<Topic extends string, Payload> {
  /** See `Bus`. */
  readonly publish: (topic: Topic, payload: Payload, options?: PublishOptions) => Promise<void>
  /** See `Bus`. */
  readonly subscribe: (
    topic: Topic,
    listener: (payload: unknown) => void | Promise<void>,
    options?: SubscribeOptions,
  ) => Promise<Subscription>
}
