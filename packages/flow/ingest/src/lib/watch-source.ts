import { abortable, linkSignal } from '@empire/clock'
import { documentId } from './document-id.ts'
import { expectCount } from './expect-options.ts'
import { findItems } from './find-items.ts'
import { GatheredChanges } from './gathered-changes.ts'
import type { IngestReport } from './ingest-event.ts'
import type { Find } from './find.ts'
import { IngestRun } from './ingest-run.ts'
import { type IngestOptions, type IngestSettings, readSettings } from './ingest-settings.ts'
import { createMemoryDeadLetters } from './create-memory-dead-letters.ts'
import { createMemoryState } from './create-memory-state.ts'

/** How a source is watched. */
export interface WatchSourceOptions extends IngestOptions {
  /** Milliseconds for which changes are gathered before they are brought in. Default: 200. */
  readonly settle?: number | undefined
}

/**
 * Keeps a sink up to date: a whole run first, then one over what has changed, whenever something has; gives the report of
 * each. Ends by `signal`, with its reason, or when it is left.
 */
export async function* watchSource(options: WatchSourceOptions): AsyncGenerator<IngestReport, void, undefined> {
  const { settle = 200, ...others } = options
  expectCount('settle', settle, 0)
  const { state = createMemoryState(), deadLetters = createMemoryDeadLetters() } = others
  const link = linkSignal(others.signal)
  const settings = readSettings({ ...others, state, deadLetters, signal: link.signal })
  const { source, signal, clock } = settings
  if (source.watch === undefined) {
    throw new TypeError(`Expected "source" to have watch(), which the source "${source.name}" has not.`)
  }
  const changes = new GatheredChanges(source.watch({ signal }))
  try {
    await abortable(changes.ready, signal)
    const first = await IngestRun.open(settings)
    yield await first.process(source.items({ signal }), { complete: true })
    for (;;) {
      await abortable(changes.some, signal)
      await clock.sleep(settle, { signal })
      const ids = changes.take()
      const run = await IngestRun.open(settings)
      const complete = source.item === undefined || ids === undefined
      const finds = complete ? source.items({ signal }) : findChanged(settings, ids)
      const report = await run.process(finds, { complete })
      if (report.found > 0) yield report
    }
  } finally {
    link.abort()
    link.unlink()
    await changes.close()
  }
}

async function* findChanged(
  { source, state, deadLetters, signal }: IngestSettings,
  ids: Iterable<string>,
): AsyncGenerator<Find, void, undefined> {
  for await (const find of findItems(source, ids, signal)) {
    // What came and went before it was looked at is nothing.
    const unknown =
      'gone' in find &&
      (await state.get(source.name, find.gone)) === undefined &&
      (await deadLetters.get(documentId(source.name, find.gone))) === undefined
    if (!unknown) yield find
  }
}
