import { mappedField } from './index-mapping.ts'
import { illegalArgument } from './opensearch-failure.ts'
import type { QueryContext } from './query-context.ts'
import type { JsonObject } from './read-object.ts'

/** From how many values on OpenSearch makes one clause of several. */
const mostApart = 16

/**
 * Refuses what OpenSearch takes, and from 3.3 on rewrites into something else: of all `term` and `terms` clauses of a field side by side
 * in `bool.filter`, those of clauses that are but a `bool.filter` included, it makes one `terms`, which finds what any of them does.
 */
export function checkMerging(filter: unknown): void {
  const clauses = new Map<string, { clauses: number; values: number }>()
  const pending: unknown[] = [filter]
  for (let next = pending.pop(); next !== undefined || pending.length > 0; next = pending.pop()) {
    if (Array.isArray(next)) {
      pending.push(...next)
      continue
    }
    const { bool, term, terms } = (next ?? {}) as { readonly [name: string]: JsonObject | undefined }
    if (bool !== undefined && Object.keys(bool).join(' ') === 'filter') pending.push(bool['filter'])
    for (const [field, value] of Object.entries(term ?? terms ?? {})) {
      const own = clauses.get(field) ?? { clauses: 0, values: 0 }
      clauses.set(field, own)
      own.clauses += 1
      own.values += Array.isArray(value) ? value.length : 1
      if (own.clauses > 1 && own.values >= mostApart) {
        throw illegalArgument(
          `the clauses of [${field}] in [bool.filter] would become one: put them into [constant_score]`,
        )
      }
    }
  }
}

const numbers: ReadonlySet<string> = new Set(['byte', 'double', 'long'])

/** Refuses what OpenSearch 3.2 takes, and makes the wrong complement of: a `terms` of numbers in `bool.must_not`. */
export function checkComplement({ index }: QueryContext, not: unknown): void {
  for (const clause of [not].flat()) {
    const { terms = {} } = (clause ?? {}) as { readonly terms?: JsonObject }
    for (const [field, values] of Object.entries(terms)) {
      if (!Array.isArray(values) || !numbers.has(mappedField(index.mapping, field).type)) continue
      throw illegalArgument(`the clause of [${field}] in [bool.must_not] would change: put it into [constant_score]`)
    }
  }
}
