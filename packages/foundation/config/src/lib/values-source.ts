import { describeValue } from '@empire/errors'
import type { ConfigSource } from './config-source.ts'

/**
 * Values that the program has: defaults, overrides, parsed arguments.
 *
 * A function is called at each load, so that it can also ask a service; it may be asynchronous.
 */
export function valuesSource(
  name: string,
  values: Readonly<Record<string, unknown>> | ((context: { signal: AbortSignal }) => unknown),
): ConfigSource {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`name must be a string that is not empty, got ${describeValue(name)}.`)
  }
  if (typeof values !== 'function' && (typeof values !== 'object' || values === null || Array.isArray(values))) {
    throw new TypeError(`values must be an object or a function, got ${describeValue(values)}.`)
  }
  return Object.freeze({
    name,
    async load({ signal }) {
      return { values: typeof values === 'function' ? await values({ signal }) : values }
    },
  } satisfies ConfigSource)
}
