export { importSqlite } from './lib/import-sqlite.ts'
export { isWritable, openReadOnly } from './lib/open-read-only.ts'
export { fromSqlText, toSqlText } from './lib/sql-text.ts'
