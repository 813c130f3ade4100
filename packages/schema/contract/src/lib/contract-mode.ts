import { describeValue } from '@empire/errors'

/** A share of the calls; made by `sample`. */
export interface Sample {
  /** Between 0 and 1. */
  readonly rate: number
  /** What happens to a violation in a call that is checked. */
  readonly mode: 'enforce' | 'observe'
}

/**
 * What a contract does.
 *
 * - `enforce`: a violation is thrown.
 * - `observe`: a violation is counted and told; the value passes as it is.
 * - `sample(rate)`: one or the other, in a share of the calls; the others are not checked.
 */
export type ContractMode = 'enforce' | 'observe' | Sample

/** One mode for all environments, or one by the name of each; `default` for those without. */
export type ContractModes = ContractMode | Readonly<Record<string, ContractMode>>

/**
 * Checks only a share of the calls.
 *
 * In the others, a schema that merely checks is not run. One that changes values (defaults, transforms, coercion) is, since
 * the function relies on it, but what it refuses passes as it is.
 *
 * @param rate Between 0, no call, and 1, all.
 * @param mode What happens to a violation in a call that is checked. Default: `'enforce'`.
 */
export function sample(rate: number, mode: 'enforce' | 'observe' = 'enforce'): Sample {
  if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1)) {
    throw new TypeError(`sample: "rate" must be a number from 0 to 1, got ${describeValue(rate)}.`)
  }
  if (!isPlainMode(mode)) {
    throw new TypeError(`sample: "mode" must be 'enforce' or 'observe', got ${describeValue(mode)}.`)
  }
  return Object.freeze({ rate, mode })
}

/** The mode for an environment. */
export function modeIn(modes: unknown, environment: string): ContractMode {
  if (isMode(modes)) return modes
  if (typeof modes !== 'object' || modes === null) throw wrongMode('"mode"', modes)
  for (const [name, mode] of Object.entries(modes)) {
    if (!isMode(mode)) throw wrongMode(`"mode" of the environment ${JSON.stringify(name)}`, mode)
  }
  const byName = modes as Readonly<Record<string, ContractMode>>
  if (Object.hasOwn(byName, environment)) return byName[environment] as ContractMode
  return Object.hasOwn(byName, 'default') ? (byName['default'] as ContractMode) : 'enforce'
}

function isMode(value: unknown): value is ContractMode {
  return isPlainMode(value) || (typeof value === 'object' && value !== null && isRate((value as Partial<Sample>).rate))
}

function isPlainMode(value: unknown): value is 'enforce' | 'observe' {
  return value === 'enforce' || value === 'observe'
}

function isRate(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}

function wrongMode(what: string, value: unknown): TypeError {
  return new TypeError(
    `contract: ${what} must be 'enforce', 'observe', sample(rate), or an object with one of them for each environment, got ${describeValue(value)}.`,
  )
}
