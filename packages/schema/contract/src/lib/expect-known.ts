import { closestName } from '@empire/errors'

/** Refuses an object with members of other names. `what` is the parameter's name in the message. */
export function expectKnown(what: string, given: object, names: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !names.includes(name))
  if (unknown === undefined) return
  const near = closestName(unknown, names)
  const question = near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`
  throw new TypeError(`contract: "${what}" has ${names.join(', ')}, got ${JSON.stringify(unknown)}.${question}`)
}
