import type { DeadLetter, DeadLetterFilter, DeadLetterStore } from './dead-letter.ts'
import { expectCount } from './expect-options.ts'
import { findItems } from './find-items.ts'
import type { IngestReport } from './ingest-event.ts'
import type { Find } from './find.ts'
import { IngestRun } from './ingest-run.ts'
import { type IngestOptions, readSettings } from './ingest-settings.ts'
import type { Source, SourceItem } from './source.ts'

/** Which letters are replayed, and with what. */
export interface ReplayOptions extends IngestOptions {
  readonly deadLetters: DeadLetterStore
  /** Of the source: those that fit all that is given. Default: all. */
  readonly filter?: Omit<DeadLetterFilter, 'source'> | undefined
  /** How often a letter is replayed in vain before it is left alone. Default: 3. */
  readonly maxReplays?: number | undefined
}

/** How a replay ended. */
export interface ReplayReport extends IngestReport {
  /** Letters that were left alone, for they were replayed in vain too often: mend the cause, or purge them. */
  readonly exhausted: number
}

/**
 * Tries the items of dead letters again, each once in a run: a letter whose item is indexed, or gone, is settled; one that
 * fails again counts one replay more.
 *
 * An item that its source can give no more is taken from the letter, if that has all of its content. Rejects like `ingest`.
 */
export async function replayDeadLetters(options: ReplayOptions): Promise<ReplayReport> {
  const { filter = {}, maxReplays = 3, ...others } = options
  const settings = readSettings(others)
  expectCount('maxReplays', maxReplays)
  const { source, deadLetters, signal } = settings
  const ids = new Set<string>()
  let exhausted = 0
  for await (const { item, replays } of deadLetters.list({ ...filter, source: source.name })) {
    signal?.throwIfAborted()
    if (replays < maxReplays) ids.add(item.id)
    else exhausted++
  }
  const run = await IngestRun.open(settings, { replaying: true })
  const report = await run.process(findAgain(source, ids, deadLetters, signal), { complete: false })
  return Object.freeze({ ...report, exhausted })
}

async function* findAgain(
  source: Source,
  ids: ReadonlySet<string>,
  deadLetters: DeadLetterStore,
  signal: AbortSignal | undefined,
): AsyncGenerator<Find, void, undefined> {
  for await (const find of findItems(source, ids, signal)) {
    // A source of which nothing can be had again, such as a stream.
    if ('gone' in find || source.item !== undefined || source.partial !== true) yield find
    else yield (await fromLetter(await deadLetters.get(`${source.name}:${find.id}`))) ?? find
  }
}

async function fromLetter(letter: DeadLetter | undefined): Promise<SourceItem | undefined> {
  const { input, item } = letter ?? {}
  if (item === undefined || input?.complete !== true) return undefined
  const { mediaType, content } = input
  return {
    ...item,
    mediaType,
    read: async () => ({ mediaType, bytes: Buffer.from(content, 'base64') }),
  }
}
