import { describeValue } from '@empire/errors'
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import { expectPlace } from './expect-place.ts'
import { isPlainObject } from './is-plain-object.ts'
import type { JsonSchema } from './json-schema.ts'
import { createOutline, type Outline, type OutlineDocuments } from './outline.ts'
import { type Path, valueAt } from './path.ts'
import { readSecrets, type Section } from './section.ts'

/** What is wrong with settings. */
export interface SettingsIssue extends StandardSchemaV1.Issue {
  /** What the schema threw instead of a result. */
  readonly failure?: { readonly thrown: unknown }
}

/** Settings, or what is wrong with them. */
export type Verdict = { readonly settings: unknown } | { readonly issues: readonly SettingsIssue[] }

/** The schema of all settings, whether it is one or joined from sections. */
export interface SettingsSchema {
  readonly outline: Outline
  /** What the settings look like before validation, for sources. */
  readonly jsonSchema: JsonSchema
  validate(values: Readonly<Record<string, unknown>>): Promise<Verdict>
}

export function wholeSchema(schema: StandardSchemaV1, secrets: readonly string[] | undefined): SettingsSchema {
  const documents = documentsOf(schema, secrets)
  return {
    outline: createSecretOutline(documents, readSecrets(secrets) ?? []),
    jsonSchema: documents.input,
    validate: (values) => judge(() => schema['~standard'].validate(values)),
  }
}

export function joinSections(sections: readonly Section[]): SettingsSchema {
  const parts = sections.map((section) => ({ ...section, documents: documentsOf(section.schema, section.secrets) }))
  const input = joinDocuments(parts.map(({ name, documents }) => [name, documents.input]))
  const output = joinDocuments(parts.map(({ name, documents }) => [name, documents.output]))
  const secrets = parts.flatMap((part) => (readSecrets(part.secrets) ?? []).map((path): Path => [part.name, ...path]))
  return {
    outline: createSecretOutline({ input, output }, secrets),
    jsonSchema: input,
    async validate(values) {
      const joined: Record<string, unknown> = {}
      const issues: SettingsIssue[] = []
      for (const section of sections) {
        const verdict = await judge(() => validateSection(section, valueAt(values, [section.name])))
        if ('settings' in verdict) joined[section.name] = verdict.settings
        else for (const issue of verdict.issues) issues.push({ ...issue, path: [section.name, ...(issue.path ?? [])] })
      }
      return issues.length > 0 ? { issues } : { settings: joined }
    },
  }
}

/** A secret that is misspelled would be no secret. */
function createSecretOutline(documents: OutlineDocuments, secrets: readonly Path[]): Outline {
  const described = createOutline(documents, [])
  for (const path of secrets) expectPlace('secrets', path, described)
  return createOutline(documents, secrets)
}

/** A schema that throws has found a problem, too: a transformation that fails, or a check that counts on another type. */
async function judge(
  validate: () => StandardSchemaV1.Result<unknown> | Promise<StandardSchemaV1.Result<unknown>>,
): Promise<Verdict> {
  let result: StandardSchemaV1.Result<unknown>
  try {
    result = await validate()
  } catch (error) {
    return { issues: [{ message: '', failure: { thrown: error } }] }
  }
  if (Array.isArray(result?.issues)) return { issues: result.issues }
  if (typeof result === 'object' && result !== null && 'value' in result) return { settings: result.value }
  throw new TypeError(`schema must give a value or issues, got ${describeValue(result)}.`)
}

/**
 * A section that no source names is validated as an empty object, so that its defaults apply and each key that it
 * lacks is reported; and as `undefined` if that is no section either.
 */
async function validateSection({ schema }: Section, values: unknown): Promise<StandardSchemaV1.Result<unknown>> {
  const { validate } = schema['~standard']
  if (values !== undefined) return await validate(values)
  const empty = await validate({})
  // A schema written by hand may count on objects.
  if (empty.issues === undefined || !hasJsonSchema(schema)) return empty
  const absent = await validate(undefined)
  return absent.issues === undefined ? absent : empty
}

function documentsOf(schema: StandardSchemaV1, secrets: readonly string[] | undefined): OutlineDocuments {
  if (!hasJsonSchema(schema)) return { input: {}, output: {} }
  const { jsonSchema } = schema['~standard']
  // What JSON Schema cannot say, such as a date, is left open instead of refused: zod's option for it.
  const options = { target: 'draft-2020-12', libraryOptions: { unrepresentable: 'any' } } as const
  try {
    return { input: jsonSchema.input(options), output: jsonSchema.output(options) }
  } catch (cause) {
    if (secrets !== undefined) return { input: {}, output: {} }
    const message =
      'schema cannot be written as JSON Schema, so that marks of secrets in it cannot be found: list them as secrets, ' +
      `or an empty list if there are none, got ${describeValue(secrets)}.`
    throw new TypeError(message, { cause })
  }
}

type SchemaWithJson = StandardSchemaV1 & StandardJSONSchemaV1

function hasJsonSchema(schema: StandardSchemaV1): schema is SchemaWithJson {
  return typeof (schema as Partial<SchemaWithJson>)['~standard']?.jsonSchema === 'object'
}

function joinDocuments(documents: readonly (readonly [string, JsonSchema])[]): JsonSchema {
  const properties = documents.map(([name, document]) => [name, moveReferences(document, `#/properties/${name}`)])
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false }
}

/** A copy of a document whose references still lead to their targets when it stands at `pointer` in another. */
function moveReferences(schema: unknown, pointer: string): unknown {
  if (Array.isArray(schema)) return schema.map((item) => moveReferences(item, pointer))
  if (!isPlainObject(schema)) return schema
  const moved = Object.entries(schema).map(([key, value]) => {
    const isReference = key === '$ref' && typeof value === 'string' && value.startsWith('#')
    return [key, isReference ? pointer + value.slice(1) : moveReferences(value, pointer)]
  })
  return Object.fromEntries(moved) as unknown
}
