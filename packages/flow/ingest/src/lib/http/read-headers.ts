import { describeValue } from '@empire/errors'

/** The headers of the option, or of the function that is one. Throws `TypeError`, which never says a value. */
export function readHeaders(given: unknown): Headers {
  if (typeof given !== 'object' || given === null || Symbol.iterator in given) {
    throw new TypeError(`Expected "headers" to be an object of names and values, got ${describeValue(given)}.`)
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) {
    try {
      if (typeof value !== 'string') throw new TypeError('no text')
      headers.set(name, value)
    } catch {
      // The error of the platform says the value.
      throw new TypeError(`Expected "headers" to have names and values that HTTP allows, got another "${name}".`)
    }
    if (name.toLowerCase() === 'user-agent') {
      throw new TypeError('Expected "headers" to have no "user-agent". Use "userAgent".')
    }
  }
  return headers
}
