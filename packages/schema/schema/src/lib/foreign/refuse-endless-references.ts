import type { SchemaIndex } from './schema-index.ts'

export function refuseEndlessReferences(index: SchemaIndex): void {
  void index
}
