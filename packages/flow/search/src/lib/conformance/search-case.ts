import { deepEqual, equal, rejects } from 'node:assert/strict'
import type { IndexOptions } from '../define-index.ts'
import type { FieldDefinitions } from '../schema.ts'
import type { SearchDocument } from '../search-document.ts'
import type { SearchError, SearchErrorCode } from '../search-error.ts'
import type { SearchFeature } from '../search-feature.ts'
import type { SearchIndex } from '../search-index.ts'
import type { SearchRequest } from '../search-request.ts'

/** One promise of a backend: `run` rejects if it is not kept. */
export interface SearchCase {
  readonly name: string
  /** Why the backend does not keep it, if it says so. Leave the case out of the run, and show the reason. */
  readonly gap?: string | undefined
  /** Rejects with an `AssertionError` that says what came instead. */
  run(): Promise<void>
}

/** The backend under test. */
export interface SearchCasesOptions {
  /** An index that is empty and that no other case sees. Each case closes its own. */
  createIndex<const Fields extends FieldDefinitions>(
    options: IndexOptions<Fields>,
  ): SearchIndex<Fields> | Promise<SearchIndex<Fields>>
  /**
   * Closes an index that `createIndex` gave, and opens what it holds anew with other options: it must reject with
   * `fingerprint_mismatch` where they do not fit. Default: the backend keeps nothing, and the cases about it are left out.
   */
  reopen?<const Fields extends FieldDefinitions>(
    index: SearchIndex<never> | SearchIndex,
    options: IndexOptions<Fields>,
  ): SearchIndex<Fields> | Promise<SearchIndex<Fields>>
  /** The cases that the backend does not keep, by name, with the reason. Unknown names throw. Default: none. */
  readonly gaps?: Readonly<Record<string, string>> | undefined
}

/** A case as the lists of this folder write it. */
export interface CaseDefinition {
  readonly name: string
  /** What of the algebra it uses. A backend that lacks one must refuse the case's request with `unsupported`. */
  readonly needs?: readonly SearchFeature[] | undefined
  run(options: SearchCasesOptions): Promise<void>
}

/** An index with some documents, closed when the case ends. */
export interface Setting<Fields extends FieldDefinitions> extends IndexOptions<Fields> {
  readonly documents?: readonly SearchDocument<Fields>[] | undefined
}

/** A case with an index of its own. */
export function withIndex<const Fields extends FieldDefinitions>(
  name: string,
  { documents = [], ...options }: Setting<Fields>,
  check: (index: SearchIndex<Fields>, options: SearchCasesOptions) => Promise<void>,
  needs: readonly SearchFeature[] = [],
): CaseDefinition {
  return {
    name,
    needs,
    async run(cases) {
      const index = await cases.createIndex<Fields>(options)
      try {
        if (documents.length > 0) await index.add(documents)
        const lacking = needs.filter((feature) => !index.capabilities.features.includes(feature))
        if (lacking.length === 0) await check(index, cases)
        else await rejects(check(index, cases), (error) => isUnsupported(error, lacking))
      } finally {
        await index.close()
      }
    },
  }
}

/** A case that asks one thing of a setting, and knows which documents must be found. */
export function finds<const Fields extends FieldDefinitions>(
  setting: Setting<Fields>,
  name: string,
  request: SearchRequest<Fields>,
  ids: readonly string[],
  needs: readonly SearchFeature[] = [],
): CaseDefinition {
  return withIndex(
    name,
    setting,
    async (index) => {
      const { hits, total } = await index.search({ limit: 100, ...request })
      const found = hits.map(({ id }) => id)
      if (request.sort === undefined) deepEqual(found.toSorted(), [...ids].toSorted())
      else deepEqual(found, ids)
      equal(total, ids.length, 'the total is the number of hits where all fit on the page')
    },
    needs,
  )
}

/** A case that asks one thing of a setting, and knows the ranking. */
export function ranks<const Fields extends FieldDefinitions>(
  setting: Setting<Fields>,
  name: string,
  request: SearchRequest<Fields>,
  ids: readonly string[],
  needs: readonly SearchFeature[] = [],
): CaseDefinition {
  return withIndex(
    name,
    setting,
    async (index) => {
      const { hits } = await index.search(request)
      deepEqual(
        hits.map(({ id }) => id),
        ids,
      )
      for (const [at, { score }] of hits.entries())
        equal(score <= (hits[at - 1]?.score ?? Number.POSITIVE_INFINITY), true)
    },
    needs,
  )
}

/** Rejects unless the work does with an error of a code; for those of the same words on every backend, the message too. */
export async function refuses(work: Promise<unknown>, code: SearchErrorCode, message?: string): Promise<void> {
  await rejects(work, (error: SearchError) => {
    equal(error.code, code, `expected the code ${code}, got ${String(error)}`)
    if (message !== undefined) equal(error.message, message)
    return true
  })
}

function isUnsupported(error: unknown, lacking: readonly SearchFeature[]): boolean {
  const { code, details, message } = error as SearchError
  equal(code, 'unsupported', `a lacking feature must be refused, got ${String(error)}`)
  equal(
    lacking.includes(details.feature as SearchFeature),
    true,
    `the error must name ${lacking.join(' or ')}: ${message}`,
  )
  return true
}
