import { SearchError, type IndexManifest } from '@empire/search'
import type { Send } from './create-sender.ts'
import { layoutVersion } from './index-body.ts'

/** An index of the server. */
export interface StoredIndex {
  /** Its own name, where it was asked for by an alias. */
  readonly name: string
  readonly manifest: IndexManifest
}

type IndexAnswer = Record<
  string,
  {
    readonly mappings?: {
      readonly _meta?: { readonly empire?: { readonly layout?: unknown; readonly manifest?: unknown } }
    }
  }
>

/** The index of a name or alias; `undefined` where there is none. Refuses one that was not made here. */
export async function readIndex(
  send: Send,
  name: string,
  signal: AbortSignal | undefined,
): Promise<StoredIndex | undefined> {
  const answer = await send<IndexAnswer>({ method: 'GET', path: `/${name}` }, { signal, expected: 404 })
  if (answer === undefined) return undefined
  const [entry, ...others] = Object.entries(answer)
  if (entry === undefined || others.length > 0) {
    const names = Object.keys(answer).map((own) => `"${own}"`)
    throw refuse(name, `"${name}" must be one index, got an alias of ${names.join(', ') || 'none'}`)
  }
  const [own, { mappings: { _meta: kept } = {} }] = entry
  const meta = kept?.empire
  if (meta?.layout !== layoutVersion || typeof meta.manifest !== 'object' || meta.manifest === null) {
    const came = meta === undefined ? 'none' : `the layout ${JSON.stringify(meta.layout)}`
    throw refuse(name, `"${own}" must have a manifest of layout ${layoutVersion} in its mappings, got ${came}`)
  }
  return { name: own, manifest: meta.manifest as IndexManifest }
}

function refuse(index: string, difference: string): SearchError {
  return new SearchError(
    'fingerprint_mismatch',
    `The index "${index}" is not one of this package: ${difference}. Use another name, or index the documents anew.`,
    { details: { backend: 'opensearch', index, differences: [difference] } },
  )
}
