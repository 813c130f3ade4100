import type { Message } from './message.ts'

class Given {
  constructor(value: object) {
    return value
  }
}

/**
 * Puts a private field on a message, which stays a plain object with the prototype of one: what carries it was checked and
 * frozen here, to the bottom. A `WeakSet` would say the same, and take longer than all else that an append does.
 */
class Mark extends Given {
  readonly #isKnown = true

  static isOn(value: object): boolean {
    return #isKnown in value
  }
}

/** The message itself, frozen and known from now on. */
export function toKnownMessage<Kind extends Message>(message: Kind): Kind {
  return Object.freeze(new Mark(message)) as Kind
}

/** Whether a value is a message that was made here, and can be shared instead of copied. */
export function isKnownMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && Mark.isOn(value)
}
