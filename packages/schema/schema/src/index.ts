export { createSchema, type Schema, type SchemaOptions } from './lib/schema.ts'
