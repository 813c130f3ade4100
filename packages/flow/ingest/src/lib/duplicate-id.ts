import { IngestError } from './ingest-error.ts'
import type { SourceItem } from './source.ts'

/** A source listed an id for the second time. */
export function duplicateId({ id, path }: SourceItem): IngestError {
  return new IngestError('duplicate_id', path, `the source lists the id "${id}" twice, and each stands for one item.`)
}
