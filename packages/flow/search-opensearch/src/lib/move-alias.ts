import { SearchError } from '@empire/search'
import { checkManifest } from '@empire/search/backend'
import { checkIndexName } from './check-index-name.ts'
import { connect, type ConnectOptions } from './connect.ts'
import { createSender } from './create-sender.ts'
import { readIndex } from './stored-index.ts'

/** Options of `moveAlias`. */
export interface MoveAliasOptions extends ConnectOptions {
  /** The name that searches use. It is made where it is not there. */
  readonly alias: string
  /** The index that it is to point at. */
  readonly to: string
  /**
   * Whether the index may be made otherwise than the one before. Whoever has the alias open would go on with the old schema, analyzer
   * and embedder: open it anew then. Default: `false`.
   */
  readonly changed?: boolean | undefined
  /** Whether the indexes that the alias pointed at are removed in the same step. Default: `false`. */
  readonly removeOld?: boolean | undefined
  /** Stops the call: it rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Points an alias at another index in one step: a search before it finds the old documents, one after it the new ones, and none finds
 * nothing. Gives the names of the indexes that it pointed at before.
 *
 * Rejects with `fingerprint_mismatch` where the indexes are made otherwise, unless `changed`.
 */
export async function moveAlias(options: MoveAliasOptions): Promise<string[]> {
  const alias = checkIndexName('alias', options.alias)
  const to = checkIndexName('to', options.to)
  const { changed = false, removeOld = false, signal } = options
  const { client, close } = connect(options)
  const send = createSender(client, alias)
  try {
    const target = await readIndex(send, to, signal)
    if (target === undefined) {
      throw new SearchError(
        'backend_failed',
        `"to" must be an index of the server, and there is no "${to}". Create it first.`,
        {
          details: { backend: 'opensearch', index: to },
        },
      )
    }
    const answer = await send<Record<string, unknown>>(
      { method: 'GET', path: `/_alias/${alias}` },
      { signal, expected: 404 },
    )
    const old = Object.keys(answer ?? {}).filter((name) => name !== target.name)
    if (!changed) for (const name of old) await compareWith(name)
    const actions = [
      ...old.map((name) => ({
        [removeOld ? 'remove_index' : 'remove']: removeOld ? { index: name } : { index: name, alias },
      })),
      { add: { index: target.name, alias } },
    ]
    await send({ method: 'POST', path: '/_aliases', body: { actions } }, { signal })
    return old

    async function compareWith(name: string): Promise<void> {
      const stored = await readIndex(send, name, signal)
      if (stored !== undefined && target !== undefined) checkManifest(stored.manifest, target.manifest)
    }
  } finally {
    await close()
  }
}
