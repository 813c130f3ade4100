import { createCallGate } from './call-gate.ts'
import { checkDocuments } from './check-documents.ts'
import { checkFilter } from './check-filter.ts'
import { checkRequest } from './check-request.ts'
import type { CheckedFilter } from './checked-request.ts'
import type { IndexDefinition } from './define-index.ts'
import { embedDocuments } from './embed-documents.ts'
import type { Filter } from './filter.ts'
import { readIdSet } from './read-id-set.ts'
import { checkFeatures } from './request-features.ts'
import { runSearch } from './run-search.ts'
import type { FieldDefinitions } from './schema.ts'
import type { SearchBackend } from './search-backend.ts'
import type { SearchDocument } from './search-document.ts'
import type { CallOptions, SearchIndex } from './search-index.ts'
import type { SearchRequest } from './search-request.ts'
import type { SearchResult } from './search-result.ts'

/**
 * An index on a backend: checks what it is given, makes text into vectors, refuses what the backend does not have, fuses hybrid
 * queries, marks matches and writes cursors. For authors of backends: `createSearchIndex(backend, defineIndex(options))` is all that the
 * function that opens an index has to do, besides opening.
 */
export function createSearchIndex<Fields extends FieldDefinitions>(
  backend: SearchBackend,
  definition: IndexDefinition,
): SearchIndex<Fields> {
  const { schema, manifest } = definition
  const { capabilities } = backend
  const gate = createCallGate(capabilities.backend)
  const close = (): Promise<void> => gate.close(() => backend.close())

  async function write(
    remove: CheckedFilter | undefined,
    documents: Iterable<SearchDocument<Fields>>,
    { signal }: CallOptions,
  ): Promise<number> {
    const checked = checkDocuments(schema, documents)
    return gate.runAlone(async () => {
      const add = await embedDocuments(definition, checked, signal)
      signal?.throwIfAborted()
      return backend.write({ remove, add }, { signal })
    }, signal)
  }

  return Object.freeze({
    capabilities,
    manifest,
    async add(documents: Iterable<SearchDocument<Fields>>, options: CallOptions = {}): Promise<void> {
      await write(undefined, documents, options)
    },
    async remove(which: Iterable<string> | Filter<Fields>, options: CallOptions = {}): Promise<number> {
      const remove = readIdSet(which) ?? checkFilter(schema, which)
      return write(remove, [], options)
    },
    async replace(
      filter: Filter<Fields>,
      documents: Iterable<SearchDocument<Fields>>,
      options: CallOptions = {},
    ): Promise<number> {
      return write(checkFilter(schema, filter), documents, options)
    },
    async search(request: SearchRequest<Fields> = {}, { signal }: CallOptions = {}): Promise<SearchResult<Fields>> {
      const checked = checkRequest(schema, request, manifest.embedder)
      checkFeatures(checked, capabilities)
      return gate.run(() => runSearch<Fields>({ backend, definition, request, checked, signal }), signal)
    },
    async statistics({ signal }: CallOptions = {}) {
      return gate.run(() => backend.statistics({ signal }), signal)
    },
    async optimize({ signal }: CallOptions = {}): Promise<void> {
      return gate.runAlone(() => backend.optimize({ signal }), signal)
    },
    close,
    [Symbol.asyncDispose]: close,
  })
}
