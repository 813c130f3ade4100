export interface SearchSqliteOptions {
  /** Tells one from another, in logs and errors. Default: `'search-sqlite'`. */
  name?: string | undefined
}

/** What `createSearchSqlite` makes. */
export interface SearchSqlite {
  /** The name that it was given. */
  readonly name: string
}

/** Makes a frozen `SearchSqlite`. */
export function createSearchSqlite(options: SearchSqliteOptions = {}): SearchSqlite {
  const { name = 'search-sqlite' } = options
  return Object.freeze({ name })
}
