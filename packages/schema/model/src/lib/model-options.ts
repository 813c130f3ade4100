import { describeValue } from '@empire/errors'
import type { Computed } from './computed.ts'
import { expectMembers, type MemberKind } from './expect-members.ts'
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

const kinds: Readonly<Record<keyof ModelOptions, MemberKind>> = {
  description: 'string',
  unknownKeys: ['forbid', 'ignore', 'allow'],
  coercion: ['none', 'safe'],
  checks: 'object',
  computed: 'object',
}

/** Refuses options of other names or types. `what` takes the options that are named; default: all. */
export function expectModelOptions(
  what: string,
  options: unknown,
  names: readonly (keyof ModelOptions)[] = Object.keys(kinds) as (keyof ModelOptions)[],
): asserts options is ModelOptions {
  expectMembers<ModelOptions>(what, options, Object.fromEntries(names.map((name) => [name, kinds[name]])))
  const { checks = [], computed: computedFields = {} } = options
  if (!Array.isArray(checks)) throw new TypeError(`${what}: "checks" must be an array, got ${describeValue(checks)}.`)
  for (const [index, check] of checks.entries()) {
    if (typeof check === 'function') continue
    throw new TypeError(`${what}: "checks[${index}]" must be a function, got ${describeValue(check)}.`)
  }
  for (const [name, made] of Object.entries(computedFields)) {
    if (typeof (made as Partial<Computed> | null)?.compute === 'function') continue
    throw new TypeError(`${what}: "computed.${name}" must be made by computed(), got ${describeValue(made)}.`)
  }
}
