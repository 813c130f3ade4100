import type { CheckedSchema } from './checked-schema.ts'
import type { IndexManifest, ManifestField } from './index-manifest.ts'
import { SearchError } from './search-error.ts'

/** What an index of a schema and an embedder is made with. */
export function manifestOf(schema: CheckedSchema, embedder: string | undefined): IndexManifest {
  const fields = schema.fields.map((field): ManifestField => {
    const { name, stored } = field
    switch (field.type) {
      case 'text':
        return { name, type: 'text', analyzer: field.analyzer.name, weight: field.weight, stored }
      case 'vector':
        return { name, type: 'vector', dimensions: field.dimensions, metric: field.metric, from: field.from, stored }
      default:
        return { name, type: field.type, stored }
    }
  })
  return Object.freeze({ version: 1, fields, ...(embedder === undefined ? {} : { embedder }) })
}

/**
 * Refuses an index that was made with something else: `fingerprint_mismatch` names each difference. An index may be opened without its
 * embedder, for queries by words; weights may change, for they do not touch what is stored.
 */
export function checkManifest(stored: IndexManifest, wanted: IndexManifest): void {
  const differences: string[] = []
  const had = new Map(stored.fields.map((field) => [field.name, field]))
  const wants = new Set(wanted.fields.map((field) => field.name))
  for (const field of wanted.fields) {
    const own = had.get(field.name)
    if (own === undefined) differences.push(`field "${field.name}" is new`)
    else differences.push(...compareFields(own, field))
  }
  for (const name of had.keys()) if (!wants.has(name)) differences.push(`field "${name}" is missing`)
  if (differences.length === 0 && stored.fields.some(({ name }, at) => wanted.fields[at]?.name !== name)) {
    differences.push('the fields are in another order')
  }
  if (wanted.embedder !== undefined && wanted.embedder !== stored.embedder) {
    const own = stored.embedder === undefined ? 'none' : `"${stored.embedder}"`
    differences.push(`embedder: made with ${own}, opened with "${wanted.embedder}"`)
  }
  if (differences.length === 0) return
  throw new SearchError(
    'fingerprint_mismatch',
    `The index was made otherwise than it is opened: ${differences.join('; ')}. Open it as it was made, or index the documents anew.`,
    { details: { differences } },
  )
}

function compareFields(had: ManifestField, wants: ManifestField): string[] {
  const before = had as unknown as Record<string, unknown>
  return Object.entries(wants)
    .filter(([key, value]) => key !== 'weight' && JSON.stringify(before[key]) !== JSON.stringify(value))
    .map(
      ([key, value]) => `field "${had.name}": ${key} was ${JSON.stringify(before[key])}, is ${JSON.stringify(value)}`,
    )
}
