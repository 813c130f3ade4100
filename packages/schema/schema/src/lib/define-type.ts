import { describeValue } from '@empire/errors'
import * as z from 'zod'
import { expectSchema, isSchema } from './expect-schema.ts'
import type { NamedType, TypeDefinition } from './type-definition.ts'

const brand = Symbol.for('empire.schema.type')

/**
 * Makes a schema of a named type: check, coercion, JSON Schema form and examples are stated once.
 *
 * The result is a schema of zod like any other. JSON Schema shows the name as `format`; `fromJsonSchema` and `inferSchema`
 * find the type again by that name among their `types`.
 */
export function defineType<Base extends z.ZodType>(
  name: string,
  definition: TypeDefinition<Base> & { coerce: (input: unknown) => unknown },
): z.ZodType<z.output<Base>>
export function defineType<Base extends z.ZodType>(
  name: string,
  definition: TypeDefinition<Base> & { coerce?: undefined },
): z.ZodType<z.output<Base>, z.input<Base>>
export function defineType(name: string, definition: TypeDefinition): z.ZodType {
  expectDefinition(name, definition)
  const { base, check, message = `Invalid ${name}`, coerce, jsonSchema } = definition
  const checked = check === undefined ? base : base.refine(check, { message, params: { type: name } })
  const whole = coerce === undefined ? checked : z.preprocess(coerce, checked)
  const schema = whole.meta({ format: name, ...jsonSchema })
  const named: NamedType = Object.freeze({ ...definition, name })
  return Object.defineProperty(schema, brand, { value: named })
}

/** The named type that a schema is of, also when more checks or descriptions were added to it. */
export function namedTypeOf(schema: z.core.$ZodType): NamedType | undefined {
  for (let each: z.core.$ZodType | undefined = schema; each !== undefined; each = each._zod.parent) {
    if (Object.hasOwn(each, brand)) return (each as unknown as Record<typeof brand, NamedType>)[brand]
  }
  return undefined
}

/** Named types by their names, as `types` of an option. Throws a `TypeError` for what is no named type. */
export function namedTypes(types: readonly z.ZodType[]): Map<string, z.ZodType> {
  if (!Array.isArray(types)) throw new TypeError(`"types" must be an array, got ${describeValue(types)}.`)
  const byName = new Map<string, z.ZodType>()
  for (const [index, schema] of types.entries()) {
    const name = isSchema(schema) ? namedTypeOf(schema)?.name : undefined
    if (name === undefined) {
      throw new TypeError(`"types[${index}]" must be made by defineType(), got ${describeValue(schema)}.`)
    }
    if (byName.has(name)) throw new TypeError(`"types" must have different names, got "${name}" twice.`)
    byName.set(name, schema)
  }
  return byName
}

const kinds: Readonly<Record<string, string>> = {
  check: 'function',
  coerce: 'function',
  example: 'function',
  message: 'string',
  jsonSchema: 'object',
}

function expectDefinition(name: unknown, definition: unknown): asserts definition is TypeDefinition {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`"name" must be a non-empty string, got ${describeValue(name)}.`)
  }
  if (typeof definition !== 'object' || definition === null) {
    throw new TypeError(`"definition" must be an object, got ${describeValue(definition)}.`)
  }
  expectSchema('definition.base', (definition as Partial<TypeDefinition>).base)
  for (const [key, value] of Object.entries(definition)) {
    if (key === 'base') continue
    const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined
    if (kind === undefined) {
      throw new TypeError(
        `Unknown member "${key}" of "definition". It may have: base, ${Object.keys(kinds).join(', ')}.`,
      )
    }
    if (value === undefined || (value !== null && typeof value === kind)) continue
    const article = kind === 'object' ? 'an' : 'a'
    throw new TypeError(`"definition.${key}" must be ${article} ${kind}, got ${describeValue(value)}.`)
  }
}
