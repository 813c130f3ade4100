import type { CheckedField, CheckedValue } from '@empire/search/backend'
import { fieldKey, fieldPaths } from './field-path.ts'
import type { SearchHit } from './search-answer.ts'

/** Where the stored values of a field are, for `_source`. */
export function sourcePath(field: CheckedField): string {
  const { text, value } = fieldPaths(field)
  return field.type === 'text' ? text : value
}

/** The stored values of a field of a hit. */
export function readSource({ _source = {} }: SearchHit, field: CheckedField): readonly CheckedValue[] {
  const part = _source[field.type === 'text' ? 'texts' : 'values'] ?? {}
  const key = fieldKey(field.name)
  const given = Object.hasOwn(part, key) ? part[key] : undefined
  if (!Array.isArray(given)) return []
  return field.type === 'vector' ? [Float32Array.from(given as number[])] : given
}
