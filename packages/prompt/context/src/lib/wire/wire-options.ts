import { describeValue, expectKnownKeys } from '@empire/errors'
import type { Assigns } from '@empire/template'
import { keyAliases } from '../key-aliases.ts'
import { isBlank } from './is-blank.ts'

/** Options of the functions that write a context for a vendor. */
export interface WireOptions {
  /** Values for the templates; they win over those of the messages. Default: none. */
  assigns?: Assigns | undefined
  /**
   * Moves system messages that come later to the first ones. Default: `false`; they stay in their place where the vendor
   * takes them there, and are an error where it does not.
   */
  hoistSystem?: boolean | undefined
  /**
   * What becomes of the names of messages: `prefix` writes `Ada: ` before the text of a prompt; `omit` leaves names out.
   * Default: the vendor's own field; where it has none, an error.
   */
  names?: 'prefix' | 'omit' | undefined
  /**
   * What the user says first where the assistant would begin, as in a history that was cut or summarised: `Go on.` Default:
   * nothing, which is an error where the vendor wants the user to begin.
   */
  opening?: string | undefined
}

const known = ['assigns', 'hoistSystem', 'names', 'opening']

/** Throws `TypeError` for options that are unknown or of a wrong type. Assigns are checked by the rendering. */
export function checkWireOptions(options: WireOptions, more: readonly string[] = []): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`Expected "options" to be an object, got ${describeValue(options)}.`)
  }
  expectKnownKeys('"options"', options, more.length === 0 ? known : [...known, ...more], keyAliases)
  const { hoistSystem, names, opening } = options
  if (hoistSystem !== undefined && typeof hoistSystem !== 'boolean') {
    throw new TypeError(`Expected "hoistSystem" to be a boolean, got ${describeValue(hoistSystem)}.`)
  }
  if (names !== undefined && names !== 'prefix' && names !== 'omit') {
    throw new TypeError(`Expected "names" to be "prefix" or "omit", got ${describeValue(names)}.`)
  }
  if (opening !== undefined && (typeof opening !== 'string' || isBlank(opening))) {
    throw new TypeError(`Expected "opening" to be a text that is not blank, got ${describeValue(opening)}.`)
  }
}
