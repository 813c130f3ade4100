import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expectKind } from './expect-kind.ts'
import { parsePath } from './path.ts'

/** The settings of one package, under their name in the settings of the application. */
export interface Section<Name extends string = string, Schema extends StandardSchemaV1 = StandardSchemaV1> {
  /** The key at the root of the settings. */
  readonly name: Name
  /** What validates the value of the key. */
  readonly schema: Schema
  /** Paths of secrets that the schema does not mark. */
  readonly secrets: readonly string[] | undefined
}

/** What a section says beside its schema. */
export interface SectionOptions {
  /**
   * Paths of secrets in the section, where `*` stands for any key: `password`, `providers.*.key`. For schemas that
   * cannot mark them; those which can be written as JSON Schema mark them there with `secret: true` or `writeOnly: true`,
   * as in `z.string().meta({ secret: true })`.
   */
  secrets?: readonly string[] | undefined
}

const sectionName = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u

/** Declares a section by any Standard Schema. `createConfig` joins the sections of all packages. */
export function defineSection<const Name extends string, Schema extends StandardSchemaV1>(
  name: Name,
  schema: Schema,
  options: SectionOptions = {},
): Section<Name, Schema> {
  if (typeof name !== 'string' || !sectionName.test(name) || name === '__proto__') {
    throw new TypeError(`name must be a word such as "database", got ${describeValue(name)}.`)
  }
  expectSchema(schema)
  expectKind('options', options, 'object')
  const { secrets } = options
  readSecrets(secrets)
  return Object.freeze({ name, schema, secrets: secrets === undefined ? undefined : Object.freeze([...secrets]) })
}

export function expectSchema(schema: unknown): void {
  // The schemas of some libraries are functions.
  const standard =
    (typeof schema === 'object' || typeof schema === 'function') && schema !== null && '~standard' in schema
      ? (schema['~standard'] as Partial<StandardSchemaV1['~standard']> | undefined)
      : undefined
  if (typeof standard?.validate === 'function') return
  throw new TypeError(`schema must be a Standard Schema, such as one of zod, got ${describeValue(schema)}.`)
}

/** The paths of `secrets`, or `undefined` when there are none given. */
export function readSecrets(secrets: readonly string[] | undefined): (readonly string[])[] | undefined {
  if (secrets === undefined) return undefined
  if (!Array.isArray(secrets) || !secrets.every((path) => typeof path === 'string')) {
    throw new TypeError(`secrets must be a list of paths such as "providers.*.key", got ${describeValue(secrets)}.`)
  }
  return secrets.map(parsePath)
}
