import { parsingFailure } from './opensearch-failure.ts'
import { readArray, readText } from './read-object.ts'

/** What of a source a search asks for: all of it, nothing, or some paths. */
export function filterSource(source: unknown, wanted: unknown): { readonly _source?: unknown } {
  if (wanted === undefined || wanted === true) return { _source: source }
  if (wanted === false) return {}
  const filtered: Record<string, Record<string, unknown>> = {}
  for (const path of readArray('_source', wanted)) {
    const [part = '', name] = readText('_source', path).split('.')
    if (name === undefined || name.includes('*')) throw parsingFailure(`unexpected path [${String(path)}] in [_source]`)
    const own = (source as Record<string, Record<string, unknown> | undefined>)[part]
    if (own === undefined || !Object.hasOwn(own, name)) continue
    filtered[part] = { ...filtered[part], [name]: own[name] }
  }
  return { _source: filtered }
}
