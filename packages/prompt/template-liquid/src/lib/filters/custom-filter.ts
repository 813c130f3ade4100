import { LiquidFailure } from '../render/liquid-failure.ts'
import { toPlain } from '../values/to-plain.ts'
import type { Filter } from './filter.ts'

/**
 * A filter of one's own: gets the value, then the arguments, then an object with those that have a name, if there are
 * any. What it throws is the cause of a `template_render`. `undefined` is nil.
 */
export type LiquidFilter = (value: unknown, ...args: unknown[]) => unknown

/** A filter of one's own as one of the language. */
export function customFilter(name: string, make: LiquidFilter): Filter {
  return {
    least: 0,
    most: Infinity,
    names: undefined,
    apply(run, value, args, named) {
      const given = args.map((arg) => toPlain(arg, run))
      if (named.length > 0) given.push(Object.fromEntries(named.map(([key, arg]) => [key, toPlain(arg, run)])))
      let result: unknown
      try {
        result = make(toPlain(value, run), ...given)
      } catch (cause) {
        throw new LiquidFailure('template_render', `The filter "${name}" threw. See the cause.`, { cause })
      }
      // Charged where it is a text or a list: other things are not larger than what made them.
      if (typeof result === 'string' || Array.isArray(result)) run.use(result.length)
      return result ?? null
    },
  }
}
