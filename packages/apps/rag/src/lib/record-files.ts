import { join } from 'node:path'

/** The files of a record, in its folder. */
export function recordFiles(folder: string): { readonly run: string; readonly cassette: string } {
  return { run: join(folder, 'run.jsonl'), cassette: join(folder, 'cassette.jsonl') }
}
