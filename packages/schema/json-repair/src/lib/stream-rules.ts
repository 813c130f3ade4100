import { type JsonSchemaSource, jsonSchemaOf } from './json-schema-of.ts'
import { pointed } from './pointed.ts'

type Schema = Readonly<Record<string, unknown>>

/** How one place of a document is shown while it is read, and the places within it. */
export class StreamRules {
  readonly #document: Schema
  /** All that the schema says of this place, through references and compositions. */
  readonly #schemas: readonly Schema[]
  /** By property, and for elements by index as far as the schema tells them apart. */
  readonly #inner = new Map<string | number, StreamRules | null>()
  #others: StreamRules | null | undefined
  readonly #elements: number
  #required: readonly string[] | undefined
  /** Shown only when it is finished. */
  readonly done: boolean

  constructor(document: Schema, schemas: readonly unknown[]) {
    this.#document = document
    this.#schemas = resolved(document, schemas)
    this.done = this.#schemas.some((schema) => streamOf(schema).done === true)
    this.#elements = Math.max(0, ...this.#schemas.map(({ prefixItems }) => listOf(prefixItems).length))
  }

  /** The properties without which an object here is not shown as long as it is open. */
  get required(): readonly string[] {
    if (this.#required !== undefined) return this.#required
    const keys = new Set(this.#schemas.flatMap(({ properties }) => Object.keys(recordOf(properties))))
    this.#required = [...keys].filter((key) => {
      const inner = this.at(key)
      return inner !== undefined && inner.#notNull
    })
    return this.#required
  }

  get #notNull(): boolean {
    return this.#schemas.some((schema) => streamOf(schema).notNull === true)
  }

  /** The rules of a property or an element, if the schema says anything of it. */
  at(step: string | number): StreamRules | undefined {
    const isNamed =
      typeof step === 'number'
        ? step < this.#elements
        : this.#schemas.some(({ properties }) => Object.hasOwn(recordOf(properties), step))
    if (!isNamed) {
      this.#others ??= this.#rulesOf(this.#schemas.flatMap((schema) => otherSchemas(schema)))
      return this.#others ?? undefined
    }
    let inner = this.#inner.get(step)
    if (inner === undefined) {
      inner = this.#rulesOf(
        this.#schemas.map((schema) =>
          typeof step === 'number'
            ? (listOf(schema['prefixItems'])[step] ?? schema['items'])
            : ownOf(recordOf(schema['properties']), step),
        ),
      )
      this.#inner.set(step, inner)
    }
    return inner ?? undefined
  }

  #rulesOf(schemas: readonly unknown[]): StreamRules | null {
    const rules = new StreamRules(this.#document, schemas)
    return rules.#schemas.length === 0 ? null : rules
  }
}

/** The rules that a schema states, or none if it states none. */
export function streamRulesOf(source: JsonSchemaSource | undefined): StreamRules | undefined {
  if (source === undefined) return undefined
  const document = jsonSchemaOf(source)
  return statesRules(document) ? new StreamRules(document, [document]) : undefined
}

function statesRules(document: Schema): boolean {
  const seen = new Set<unknown>()
  const waiting: unknown[] = [document]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    if (!Array.isArray(value)) {
      const { done, notNull } = streamOf(value as Schema)
      if (done === true || notNull === true) return true
    }
    for (const inner of Object.values(value)) if (inner !== undefined) waiting.push(inner)
  }
  return false
}

function streamOf(schema: Schema): { readonly done?: unknown; readonly notNull?: unknown } {
  return recordOf(ownOf(schema, 'stream'))
}

/** The schemas and all that apply with them: behind a reference within the document, in `allOf`, `anyOf` and `oneOf`. */
function resolved(document: Schema, schemas: readonly unknown[]): Schema[] {
  const found = new Set<Schema>()
  const waiting = [...schemas]
  for (let index = 0; index < waiting.length; index++) {
    const schema = waiting[index]
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema) || found.has(schema as Schema)) continue
    found.add(schema as Schema)
    const { $ref, allOf, anyOf, oneOf } = schema as Schema
    if (typeof $ref === 'string') waiting.push(pointed(document, $ref))
    waiting.push(...listOf(allOf), ...listOf(anyOf), ...listOf(oneOf))
  }
  return [...found]
}

function otherSchemas({ items, additionalProperties, patternProperties }: Schema): unknown[] {
  return [...(Array.isArray(items) ? [] : [items]), additionalProperties, ...Object.values(recordOf(patternProperties))]
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function recordOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {}
}

function ownOf(record: Schema, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
