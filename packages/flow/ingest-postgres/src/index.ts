export { postgresSource, type PostgresSourceOptions } from './lib/postgres-source.ts'
export { type PostgresRow, type PostgresValue } from './lib/decode-value.ts'
export { type RowOptions } from './lib/row-item.ts'
