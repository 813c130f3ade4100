import { describeValue } from '@empire/errors'
import type { Computed } from './computed.ts'
import type { Finding } from './finding.ts'

/** What happens to keys in data that are no fields. */
export type UnknownKeys = 'forbid' | 'ignore' | 'allow'

/** Whether values of another type are taken that say the same: texts that write a number, a boolean, a date. */
export type Coercion = 'none' | 'safe'

/** What a model has beside its fields. */
export interface ModelOptions<Fields = never, Extra extends ComputedFields<Fields> = ComputedFields<Fields>> {
  readonly description?: string | undefined
  /** `forbid`: an error. `ignore`: left out. `allow`: kept in the instance. Default: `'ignore'`. */
  readonly unknownKeys?: UnknownKeys | undefined
  /** Default: `'none'`. Models in fields have their own. */
  readonly coercion?: Coercion | undefined
  /** Checks of the model as a whole, in order, once all fields are right. */
  readonly checks?: readonly ((fields: Fields) => Finding)[] | undefined
  /** Fields that are worked out, in order, once all checks have passed. */
  readonly computed?: Extra | undefined
}

/** Fields that are worked out, by name. */
export type ComputedFields<Fields> = Readonly<Record<string, Computed<Fields>>>

const allowed: Readonly<Record<keyof ModelOptions, readonly string[] | string>> = {
  description: 'string',
  unknownKeys: ['forbid', 'ignore', 'allow'],
  coercion: ['none', 'safe'],
  checks: 'object',
  computed: 'object',
}

/** Refuses options of other names or types. */
export function expectModelOptions(options: unknown): asserts options is ModelOptions {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`defineModel: "options" must be an object, got ${describeValue(options)}.`)
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(allowed, name)) {
      throw new TypeError(`defineModel: "options" has ${Object.keys(allowed).join(', ')}, got ${JSON.stringify(name)}.`)
    }
    const kind = allowed[name as keyof ModelOptions]
    if (value === undefined) continue
    if (typeof kind === 'string' && typeof value !== kind) {
      throw new TypeError(`defineModel: "${name}" must be a ${kind}, got ${describeValue(value)}.`)
    }
    if (typeof kind !== 'string' && !kind.includes(value as string)) {
      const words = kind.map((word) => `'${word}'`).join(', ')
      throw new TypeError(`defineModel: "${name}" must be one of ${words}, got ${describeValue(value)}.`)
    }
  }
  const { checks = [], computed: computedFields = {} } = options as ModelOptions
  if (!Array.isArray(checks))
    throw new TypeError(`defineModel: "checks" must be an array, got ${describeValue(checks)}.`)
  for (const [index, check] of checks.entries()) {
    if (typeof check === 'function') continue
    throw new TypeError(`defineModel: "checks[${index}]" must be a function, got ${describeValue(check)}.`)
  }
  for (const [name, made] of Object.entries(computedFields)) {
    if (typeof (made as Partial<Computed> | null)?.compute === 'function') continue
    throw new TypeError(`defineModel: "computed.${name}" must be made by computed(), got ${describeValue(made)}.`)
  }
}
