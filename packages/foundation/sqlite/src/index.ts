export { importSqlite } from './lib/import-sqlite.ts'
export { fromSqlText, toSqlText } from './lib/sql-text.ts'
