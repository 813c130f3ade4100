import { facetCases } from './conformance/facet-cases.ts'
import { filterCases } from './conformance/filter-cases.ts'
import { lifecycleCases } from './conformance/lifecycle-cases.ts'
import { matchCases } from './conformance/match-cases.ts'
import { modeCases } from './conformance/mode-cases.ts'
import { requestCases } from './conformance/request-cases.ts'
import { resultCases } from './conformance/result-cases.ts'
import type { CaseDefinition, SearchCase, SearchCasesOptions } from './conformance/search-case.ts'
import { sortCases } from './conformance/sort-cases.ts'
import { textCases } from './conformance/text-cases.ts'
import { vectorCases } from './conformance/vector-cases.ts'
import { wordCases } from './conformance/word-cases.ts'
import { writeCases } from './conformance/write-cases.ts'

const groups: readonly (readonly [group: string, cases: readonly CaseDefinition[]])[] = [
  ['match', matchCases],
  ['mode', modeCases],
  ['words', wordCases],
  ['filter', filterCases],
  ['sort', sortCases],
  ['facets', facetCases],
  ['vectors', vectorCases],
  ['result', resultCases],
  ['write', writeCases],
  ['text', textCases],
  ['request', requestCases],
  ['lifecycle', lifecycleCases],
]

/**
 * What every backend promises, for any test runner: `for (const { name, run } of searchCases({ createIndex })) it(name, run)`.
 *
 * A case about a feature that the backend does not list checks that it is refused with `unsupported`.
 */
export function searchCases(options: SearchCasesOptions): SearchCase[] {
  const { gaps = {} } = options
  const cases = groups.flatMap(([group, definitions]) =>
    definitions.map((definition) => ({ ...definition, name: `${group}: ${definition.name}` })),
  )
  const unknown = Object.keys(gaps).find((name) => !cases.some((known) => known.name === name))
  if (unknown !== undefined) throw new TypeError(`"gaps" must name cases, got "${unknown}".`)
  return cases.map(({ name, run }) => ({
    name,
    run: () => run(options),
    ...(Object.hasOwn(gaps, name) ? { gap: gaps[name] } : {}),
  }))
}
