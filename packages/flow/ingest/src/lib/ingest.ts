import { IngestRun } from './ingest-run.ts'
import type { IngestReport } from './ingest-event.ts'
import { type IngestOptions, readSettings } from './ingest-settings.ts'

/**
 * Brings a sink up to date with a source, item by item, in the order of the source: new and changed items are read, cut into
 * chunks and written; what the state knows to be in the sink already is left; what the source does not list any more is removed.
 *
 * One item that cannot be read, parsed or written becomes a dead letter, after it was tried again where that may help; the
 * others go on. Rejects with `signal.reason` when aborted, with the source's own error if its listing breaks (what was listed
 * is finished before, and nothing is deleted), with that of the state or of the store of letters, and with `EmpireError`
 * (`items_lost`) if the counts do not add up. The `end` event has the report of what was done until then.
 *
 * The source is asked for no more than `readAhead` items before the sink is done, so that a slow sink slows the source. A
 * run remembers the ids that were listed, about 100 bytes each.
 */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  const settings = readSettings(options)
  const { source, signal } = settings
  const run = await IngestRun.open(settings)
  return run.process(source.items({ signal }), { complete: true })
}
