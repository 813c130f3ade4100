import { describeValue } from '@empire/errors'
import { quoteAll, suggest } from './check-options.ts'
import type { CheckedField, CheckedSchema } from './checked-schema.ts'
import { SearchError } from './search-error.ts'

/** The field of a name, which must have one of some types. */
export function readField<Type extends CheckedField['type']>(
  schema: CheckedSchema,
  path: string,
  name: unknown,
  types: readonly Type[],
): Extract<CheckedField, { type: Type }> {
  const field = typeof name === 'string' ? schema.byName.get(name) : undefined
  if (field !== undefined && (types as readonly string[]).includes(field.type)) {
    return field as Extract<CheckedField, { type: Type }>
  }
  const names = schema.fields
    .filter(({ type }) => (types as readonly string[]).includes(type))
    .map((known) => known.name)
  const expected = `a field of type ${types.join(' or ')} (${names.length === 0 ? 'the index has none' : quoteAll(names)})`
  const came = field === undefined ? describeValue(name) : `"${field.name}" of type ${field.type}`
  const hint = field === undefined && typeof name === 'string' ? suggest(name, names) : ''
  throw new SearchError('invalid_query', `"${path}" must be ${expected}, got ${came}.${hint}`, { details: { path } })
}
