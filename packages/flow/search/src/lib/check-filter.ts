import { describeValue } from '@empire/errors'
import { quoteAll, suggest } from './check-options.ts'
import type { CheckedBounds, CheckedFilter } from './checked-request.ts'
import type { CheckedSchema, CheckedTextField, CheckedValueField } from './checked-schema.ts'
import { invalidQuery, readArray, readObject } from './invalid-query.ts'
import { readField } from './read-field.ts'
import { readId } from './read-id.ts'
import { readValue, valueForms } from './read-value.ts'
import { SearchError } from './search-error.ts'

const deepest = 32
const mostParts = 1024
const mostValues = 10_000
const operators = ['and', 'or', 'not', 'term', 'in', 'range', 'exists', 'ids'] as const

/** A filter, checked. Throws `invalid_query` with the place of the fault. */
export function checkFilter(schema: CheckedSchema, filter: unknown, path = 'filter'): CheckedFilter {
  let parts = 0

  function check(value: unknown, at: string, depth: number): CheckedFilter {
    if (depth > deepest) {
      throw new SearchError('invalid_query', `"${at}" must not be nested deeper than ${deepest}.`, {
        details: { path: at },
      })
    }
    if (++parts > mostParts) {
      throw new SearchError('invalid_query', `"${path}" must have at most ${mostParts} parts.`, { details: { path } })
    }
    const [operator, operand] = readOperator(value, at)
    const inner = `${at}.${operator}`
    switch (operator) {
      case 'and':
      case 'or':
        return {
          type: operator,
          filters: readArray(inner, operand, 0, mostParts).map((part, index) =>
            check(part, `${inner}[${index}]`, depth + 1),
          ),
        }
      case 'not':
        return { type: 'not', filter: check(operand, inner, depth + 1) }
      case 'term':
        return checkTerm(schema, operand, inner)
      case 'in':
        return checkIn(schema, operand, inner)
      case 'range':
        return checkRange(schema, operand, inner)
      case 'exists':
        return {
          type: 'exists',
          field: readField(schema, inner, operand, ['text', 'keyword', 'number', 'date', 'boolean', 'vector']),
        }
      case 'ids':
        return { type: 'ids', ids: readIds(operand, inner) }
    }
  }

  return check(filter, path, 1)
}

function readOperator(value: unknown, path: string): [(typeof operators)[number], unknown] {
  const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : undefined
  const [key] = keys ?? []
  const expected = `an object with exactly one of ${quoteAll(operators)}`
  if (keys === undefined) throw invalidQuery(path, expected, value)
  const unknown = keys.find((name) => !(operators as readonly string[]).includes(name))
  if (keys.length === 1 && unknown === undefined) {
    return [key as (typeof operators)[number], (value as Record<string, unknown>)[key as string]]
  }
  const came = keys.length === 0 ? 'an empty object' : quoteAll(keys)
  const hint = unknown === undefined ? '' : suggest(unknown, operators)
  throw new SearchError('invalid_query', `"${path}" must be ${expected}, got ${came}.${hint}`, { details: { path } })
}

/** The one field of an operand, and what is said of it. */
function readOneField(operand: unknown, path: string, example: string): [name: string, value: unknown] {
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand)) {
    throw invalidQuery(path, `an object such as ${example}`, operand)
  }
  const [entry, ...rest] = Object.entries(operand)
  if (entry !== undefined && rest.length === 0) return entry
  const count = entry === undefined ? 'none' : quoteAll(Object.keys(operand))
  throw new SearchError(
    'invalid_query',
    `"${path}" must name exactly one field, got ${count}. Combine several with "and".`,
    {
      details: { path },
    },
  )
}

const comparable = ['text', 'keyword', 'number', 'date', 'boolean'] as const

function checkTerm(schema: CheckedSchema, operand: unknown, path: string): CheckedFilter {
  const [name, value] = readOneField(operand, path, '{ tag: "red" }')
  const field = readField(schema, `${path}.${name}`, name, comparable)
  return valuesFilter(field, [readFieldValue(field, value, `${path}.${name}`)])
}

function checkIn(schema: CheckedSchema, operand: unknown, path: string): CheckedFilter {
  const [name, list] = readOneField(operand, path, '{ tag: ["red", "green"] }')
  const field = readField(schema, `${path}.${name}`, name, comparable)
  const values = readArray(`${path}.${name}`, list, 0, mostValues)
  return valuesFilter(
    field,
    values.map((value, index) => readFieldValue(field, value, `${path}.${name}[${index}]`)),
  )
}

function valuesFilter(
  field: CheckedTextField | CheckedValueField,
  values: readonly (string | number | boolean)[],
): CheckedFilter {
  return field.type === 'text'
    ? { type: 'words', field, texts: values as readonly string[] }
    : { type: 'in', field, values: [...new Set(values)] }
}

function readFieldValue(
  field: CheckedTextField | CheckedValueField,
  value: unknown,
  path: string,
): string | number | boolean {
  const read = readValue(field.type, value)
  if (read === undefined) throw invalidQuery(path, valueForms[field.type], value)
  return read
}

const bounds = ['gt', 'gte', 'lt', 'lte'] as const

function checkRange(schema: CheckedSchema, operand: unknown, path: string): CheckedFilter {
  const [name, value] = readOneField(operand, path, '{ year: { gte: 2020 } }')
  const at = `${path}.${name}`
  const field = readField(schema, at, name, ['keyword', 'number', 'date'])
  const given = readObject(at, value, bounds, '{ gte: 2020 }')
  const read: Record<string, string | number> = {}
  for (const bound of bounds) {
    if (given[bound] === undefined) continue
    read[bound] = readFieldValue(field, given[bound], `${at}.${bound}`) as string | number
  }
  if (Object.keys(read).length === 0) {
    throw new SearchError(
      'invalid_query',
      `"${at}" must have at least one of ${quoteAll(bounds)}, got ${describeValue(value)}.`,
      {
        details: { path: at },
      },
    )
  }
  return { type: 'range', field, bounds: read as CheckedBounds }
}

function readIds(operand: unknown, path: string): readonly string[] {
  const ids = readArray(path, operand, 0, mostValues).map((id, index) => {
    const fault = readId(id)
    if (fault !== undefined) throw invalidQuery(`${path}[${index}]`, fault, id)
    return id as string
  })
  return [...new Set(ids)]
}
