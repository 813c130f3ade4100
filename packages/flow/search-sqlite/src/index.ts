export { createSearchSqlite, type SearchSqlite, type SearchSqliteOptions } from './lib/search-sqlite.ts'
