export { openSqliteIndex, type SqliteIndexOptions } from './lib/open-sqlite-index.ts'
export { rebuildSqliteIndex } from './lib/rebuild-sqlite-index.ts'
