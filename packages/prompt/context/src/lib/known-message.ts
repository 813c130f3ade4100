import type { Message } from './message.ts'

/** Gives the object that it is called with, for a class on top of it to put its fields on. */
const Given = function (value: object): object {
  return value
} as unknown as new (value: object) => object

/**
 * Puts a private field on a message, which stays a plain object with the prototype of one: what carries it was checked and
 * frozen here, to the bottom. A `WeakSet` would say the same, and take longer than all else that an append does.
 */
class Mark extends Given {
  // oxlint-disable-next-line no-unused-private-class-members -- whether it is there is what is asked
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
