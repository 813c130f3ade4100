import { describeValue, expectKnownKeys } from '@empire/errors'
import { type ContractModes, modeIn } from './contract-mode.ts'
import type { ContractViolationError } from './contract-violation-error.ts'

/** How a contract is kept. */
export interface ContractOptions {
  /** One mode, or one by environment: `{ production: sample(0.01), default: 'enforce' }`. Default: `'enforce'`. */
  readonly mode?: ContractModes | undefined
  /** The name of the environment. Default: `process.env.NODE_ENV`, or `'development'`. Read when the contract is made. */
  readonly environment?: string | undefined
  /**
   * Whether what has passed a check is deep-frozen. A frozen value that a schema has accepted is not checked by it again.
   * The objects that a schema hands on as they are (`z.any()`) are frozen too. Default: `false`.
   */
  readonly freeze?: boolean | undefined
  /**
   * Hears each violation, in every mode, before it is thrown. What it throws is thrown to the caller. A promise is not waited
   * for: if it is rejected, that is a warning of the process.
   */
  readonly onViolation?: ((violation: ContractViolationError) => unknown) | undefined
  /** Numbers from 0 up to 1, for `sample`. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
}

const kinds: Readonly<Record<keyof ContractOptions, string>> = {
  mode: 'a mode',
  environment: 'a string',
  freeze: 'a boolean',
  onViolation: 'a function',
  random: 'a function',
}

/** Refuses options of other names or types. */
export function expectOptions(options: unknown): asserts options is ContractOptions {
  expectKnownKeys('contract: "options"', options, Object.keys(kinds))
  for (const [name, value] of Object.entries(options)) {
    const kind = kinds[name as keyof ContractOptions]
    if (value === undefined || kind === `a ${typeof value}`) continue
    if (name !== 'mode') throw new TypeError(`contract: "${name}" must be ${kind}, got ${describeValue(value)}.`)
    modeIn(value, '')
  }
}
