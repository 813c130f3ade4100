import { compileQuery } from './compile-query.ts'
import { FakeIndex, type ServerTraits } from './fake-index.ts'
import { illegalArgument, OpenSearchFailure } from './opensearch-failure.ts'
import { readArray, readEntry, readObject, readText } from './read-object.ts'
import type { Refuse } from './run-bulk.ts'

/** What a deletion by a query did. */
export interface DeletedAnswer {
  readonly took: number
  readonly timed_out: boolean
  readonly total: number
  readonly deleted: number
  readonly version_conflicts: number
  readonly failures: readonly { readonly status: number }[]
}

/** The indexes of a server, and their aliases. */
export class FakeCluster {
  readonly #indexes = new Map<string, FakeIndex>()

  readonly #traits: ServerTraits

  constructor(traits: ServerTraits) {
    this.#traits = traits
  }

  create(name: string, body: unknown): object {
    if (!/^[a-z0-9][^A-Z\\/*?"<>| ,#:]*$/.test(name)) {
      throw new OpenSearchFailure(400, 'invalid_index_name_exception', `Invalid index name [${name}]`)
    }
    if (this.find(name).length > 0) {
      throw new OpenSearchFailure(400, 'resource_already_exists_exception', `index [${name}] already exists`)
    }
    const index = new FakeIndex(body, this.#traits)
    const taken = [...index.aliases].find((alias) => alias === name || this.#indexes.has(alias))
    if (taken !== undefined) {
      const reason = `Invalid alias name [${taken}]: an index or data stream exists with the same name as the alias`
      throw new OpenSearchFailure(400, 'invalid_alias_name_exception', reason)
    }
    this.#indexes.set(name, index)
    return { acknowledged: true, shards_acknowledged: true, index: name }
  }

  delete(name: string): object {
    if (!this.#indexes.delete(name)) throw notFound(name)
    return { acknowledged: true }
  }

  /** The indexes that a name or an alias stands for. */
  find(name: string): (readonly [name: string, index: FakeIndex])[] {
    return [...this.#indexes].filter(([own, index]) => own === name || index.aliases.has(name))
  }

  /** The one index that a name or an alias stands for. */
  get(name: string): readonly [name: string, index: FakeIndex] {
    const [entry, ...others] = this.find(name)
    if (entry === undefined) throw notFound(name)
    if (others.length > 0) throw illegalArgument(`alias [${name}] has more than one index associated with it`)
    return entry
  }

  /**
   * The index that a bulk writes to; `undefined` where it requires an alias, and the name is none. A real server makes an index that is
   * not there, and guesses its mapping: nobody here means that.
   */
  target(name: string, requiresAlias: boolean): readonly [name: string, index: FakeIndex] | undefined {
    if (requiresAlias && !this.find(name).some(([, { aliases }]) => aliases.has(name))) return undefined
    if (this.find(name).length > 0) return this.get(name)
    throw illegalArgument(`the bulk would make the index [${name}] and guess its mapping: say [require_alias]`)
  }

  describe(name: string): object {
    const found = this.find(name)
    if (found.length === 0) throw notFound(name)
    return Object.fromEntries(
      found.map(([own, { body, aliases }]) => [
        own,
        { ...body, aliases: Object.fromEntries(Array.from(aliases, (alias) => [alias, {}])) },
      ]),
    )
  }

  describeAlias(alias: string): object {
    const found = [...this.#indexes].filter(([, { aliases }]) => aliases.has(alias))
    if (found.length === 0) throw new OpenSearchFailure(404, 'aliases_not_found_exception', `alias [${alias}] missing`)
    return Object.fromEntries(found.map(([own]) => [own, { aliases: { [alias]: {} } }]))
  }

  /** All of the actions, or none of them. */
  changeAliases(body: unknown): object {
    const { actions } = readObject('aliases', body, ['actions'])
    const changes = readArray('aliases.actions', actions).map((action): (() => void) => {
      const [kind, value] = readEntry('aliases.actions', action)
      const { index, alias } = readObject(kind, value, kind === 'remove_index' ? ['index'] : ['index', 'alias'])
      const name = readText('index', index)
      const own = this.#indexes.get(name)
      if (own === undefined) throw notFound(name)
      if (kind === 'remove_index') return () => void this.#indexes.delete(name)
      const given = readText('alias', alias)
      if (kind === 'remove') return () => void own.aliases.delete(given)
      if (kind !== 'add') throw illegalArgument(`[alias_action] unknown field [${kind}]`)
      if (this.#indexes.has(given)) throw illegalArgument(`an index exists with the same name as the alias [${given}]`)
      return () => void own.aliases.add(given)
    })
    for (const change of changes) change()
    return { acknowledged: true }
  }

  deleteByQuery(index: FakeIndex, body: unknown, refuse: Refuse): DeletedAnswer {
    const { query } = readObject('delete_by_query', body, ['query', 'max_docs', 'slice', 'sort'])
    const { match } = compileQuery(index, query)
    const ids = [...index.documents.values()].filter((document) => match(document) !== undefined).map(({ id }) => id)
    const failures = ids.flatMap((id) => {
      const { status, type, reason } = refuse({ action: 'delete', id }) ?? {}
      return status === undefined ? [] : [{ id, status, cause: { type, reason } }]
    })
    const refused = new Set(failures.map(({ id }) => id))
    const kept = ids.filter((id) => !refused.has(id))
    const deleted = kept.filter((id) => index.remove(id)).length
    // One that was removed since the last refresh is in the way.
    return {
      took: 1,
      timed_out: false,
      total: ids.length,
      deleted,
      version_conflicts: kept.length - deleted,
      failures,
    }
  }
}

function notFound(name: string): OpenSearchFailure {
  return new OpenSearchFailure(404, 'index_not_found_exception', `no such index [${name}]`)
}
