import { setImmediate } from 'node:timers/promises'
import { abortable } from '@empire/clock'
import { attemptItem } from './attempt-item.ts'
import { buryItem } from './bury-item.ts'
import type { LetterContent } from './create-dead-letter.ts'
import { duplicateId } from './duplicate-id.ts'
import { type Find, idOf } from './find.ts'
import { findParser } from './find-parser.ts'
import type { IngestReport } from './ingest-event.ts'
import type { IngestSettings } from './ingest-settings.ts'
import type { ItemState } from './ingest-state.ts'
import { ItemRemoval } from './item-removal.ts'
import { Listing } from './listing.ts'
import type { Parser } from './parser.ts'
import { type ReadResult, readItem } from './read-item.ts'
import { retryStep, type StepFailure } from './retry-step.ts'
import { RunLetters } from './run-letters.ts'
import type { SourceItem } from './source.ts'
import { stepError } from './step-error.ts'
import { Tally } from './tally.ts'
import { UnflushedBatch } from './unflushed-batch.ts'
import { unsupportedKind } from './unsupported-kind.ts'

/** A find whose content is on its way. */
interface Waiting {
  readonly find: Find
  readonly known: ItemState | undefined
  /** `undefined`: there is nothing to read. */
  readonly read: Promise<ReadResult> | undefined
  /** How many bytes it holds that are not streamed; until that is known, as many as the item before. */
  bytes: number
}

/** An item that the sink took. */
interface Written {
  readonly item: SourceItem
  readonly known: ItemState | undefined
  readonly bytes: number
  readonly state: ItemState
}

/** One run over items of a source. */
export class IngestRun {
  readonly #settings: IngestSettings
  readonly #sinkIdentity: string
  readonly #letters: RunLetters
  readonly #tally: Tally
  readonly #removal: ItemRemoval
  readonly #seen = new Set<string>()
  readonly #hiding: ((id: string) => boolean)[] = []
  readonly #unflushed: UnflushedBatch<Written>
  readonly #fingerprints = new Map<Parser, string>()
  /** In the sink, but not yet in the state. */
  #unsaved: ItemState[] = []
  /** What the item held that was read last. */
  #lastBytes = 0

  private constructor(settings: IngestSettings, sinkIdentity: string, letters: RunLetters) {
    this.#settings = settings
    this.#sinkIdentity = sinkIdentity
    this.#letters = letters
    this.#tally = new Tally(settings)
    this.#removal = new ItemRemoval({ settings, letters, tally: this.#tally })
    this.#unflushed = new UnflushedBatch(settings.clock)
  }

  /** @param options.replaying Whether an item that fails again was replayed once more. */
  static async open(settings: IngestSettings, { replaying = false } = {}): Promise<IngestRun> {
    const { sink, sinkOptions, signal } = settings
    signal?.throwIfAborted()
    const identity = sink.identity === undefined ? '' : await abortable(sink.identity(sinkOptions), signal)
    return new IngestRun(settings, identity, new RunLetters(settings, replaying))
  }

  /**
   * Brings all finds to their end. `complete`: they are all that the source has, if it does not throw, so that what the
   * state knows besides is deleted.
   */
  async process(finds: AsyncIterable<Find>, { complete }: { complete: boolean }): Promise<IngestReport> {
    const { source, signal, readAhead, maxMemory } = this.#settings
    const waiting: Waiting[] = []
    const listing = new Listing(finds, signal)
    try {
      for (;;) {
        while (waiting.length < readAhead && (waiting.length === 0 || this.#expectedWith(waiting) <= maxMemory)) {
          const find = await listing.next()
          if (find === undefined) break
          waiting.push(await this.#begin(find))
        }
        const first = waiting[0]
        if (first === undefined) break
        await this.#end(first)
        waiting.shift()
        // Timers have their turn, also where source and sink answer at once.
        await setImmediate()
        if (this.#unflushed.isFull) await this.#flush()
        this.#tally.throwIfBroken()
      }
      await this.#flush()
      if (complete && listing.failure === undefined && source.partial !== true) {
        await this.#removal.deleteVanished((id) => this.#isThere(id))
      }
      await this.#save()
    } catch (error) {
      this.#tally.stop([...this.#unflushed.documents.map(({ item }) => item), ...waiting.map(({ find }) => find)])
      this.#tally.finish(signal?.aborted ? 'aborted' : 'failed')
      throw error
    } finally {
      await listing.close()
    }
    const report = this.#tally.finish(listing.failure === undefined ? 'complete' : 'failed')
    this.#tally.throwIfBroken()
    if (listing.failure !== undefined) throw listing.failure.error
    return report
  }

  /** The bytes held with one more item, if that is like the last. */
  #expectedWith(waiting: readonly Waiting[]): number {
    return waiting.reduce((sum, { bytes }) => sum + bytes, this.#lastBytes)
  }

  /** Takes an item up: as far as it can be known, from its marks alone, what is to be done. */
  async #begin(find: Find): Promise<Waiting> {
    const { state, source, signal } = this.#settings
    const id = idOf(find)
    this.#tally.find()
    try {
      const known = await abortable(state.get(source.name, id), signal)
      if ('gone' in find) return { find, known, read: undefined, bytes: 0 }
      if (find.hides !== undefined) this.#hiding.push(find.hides)
      if (this.#seen.has(id)) return { find, known, read: failedRead(duplicateId(find)), bytes: 0 }
      this.#seen.add(id)
      const read = this.#read(find, known)
      const waiting: Waiting = { find, known, read, bytes: read === undefined ? 0 : this.#lastBytes }
      void read?.then((result) => {
        const bytes = result.ok ? result.content?.bytes : undefined
        waiting.bytes = bytes instanceof Uint8Array ? bytes.length : 0
        this.#lastBytes = waiting.bytes
      })
      return waiting
    } catch (error) {
      this.#tally.stop([find])
      throw error
    }
  }

  #read(item: SourceItem, known: ItemState | undefined): Promise<ReadResult> | undefined {
    const { parsers, signal } = this.#settings
    const mediaType = item.mediaType ?? known?.mediaType
    const parser = mediaType === undefined ? undefined : findParser(parsers, mediaType)
    if (parser === undefined && item.mediaType !== undefined) {
      return failedRead(unsupportedKind(item.path, item.mediaType, parsers))
    }
    const current =
      known?.status === 'indexed' && parser !== undefined && known.fingerprint === this.#fingerprint(parser)
    const version = current ? known.version : undefined
    if (version !== undefined && version === item.version) return undefined
    return readItem(item, version, signal)
  }

  async #end({ find, known, read }: Waiting): Promise<void> {
    if ('gone' in find) {
      // A removal flushes, and what is written has to be known by then.
      await this.#flush()
      await this.#removal.delete({ id: find.gone, known })
    } else if (read === undefined) {
      await this.#endUnchanged(find)
    } else {
      await this.#index(find, known, read)
    }
  }

  async #endUnchanged({ id, path }: SourceItem): Promise<void> {
    await this.#letters.resolve(id)
    this.#tally.end({ type: 'unchanged', id, path })
  }

  /** @param options.alone Whether it is written and made sure of by itself. */
  async #index(
    item: SourceItem,
    known: ItemState | undefined,
    read: Promise<ReadResult>,
    { alone = this.#settings.sink.flush === undefined } = {},
  ): Promise<void> {
    const { signal } = this.#settings
    const { id, path } = item
    let content: LetterContent | undefined
    const attempted = await retryStep(
      this.#settings,
      async (failure, attempt) => {
        const outcome = await attemptItem({
          settings: this.#settings,
          item,
          known,
          read: await abortable(attempt === 1 ? read : readItem(item, undefined, signal), signal),
          failure,
          fingerprintOf: (parser) => this.#fingerprint(parser),
          savePending: (state) => this.#save(state),
          onContent: (found) => void (content = found),
        })
        const flush = alone && outcome.type === 'indexed' ? await this.#tryFlush() : undefined
        if (flush !== undefined) throw failure.at('write', stepError('write', path, flush.error))
        return outcome
      },
      (failed) => this.#tally.tell({ type: 'retry', id, path, ...failed }),
    )
    if (!attempted.ok) return this.#fail(item, known, attempted.failed, content)
    const { value: outcome } = attempted
    if (outcome.type === 'indexed') {
      const written = { item, known, bytes: outcome.document.bytes, state: outcome.state }
      if (alone) return this.#endIndexed(written)
      this.#unflushed.push(written)
      return
    }
    if (outcome.state.version !== known?.version) this.#unsaved.push(outcome.state)
    await this.#endUnchanged(item)
  }

  async #fail(
    item: SourceItem,
    known: ItemState | undefined,
    failed: StepFailure,
    content: LetterContent | undefined,
  ): Promise<void> {
    // Its letter has to outlive what becomes of the first one with its id, and a removal flushes.
    if (failed.error.code === 'duplicate_id' || failed.error.skipped) await this.#flush()
    if (!failed.error.skipped) return buryItem({ letters: this.#letters, tally: this.#tally }, item, failed, content)
    // There was something in it before.
    const removal = known === undefined ? undefined : await this.#removal.remove([{ id: item.id, known }])
    if (removal !== undefined) return buryItem({ letters: this.#letters, tally: this.#tally }, item, removal)
    await this.#letters.resolve(item.id)
    this.#tally.end({ type: 'skipped', id: item.id, problem: failed.error.toProblem() })
  }

  /** Makes sure of what was written, and counts it. What the sink cannot take together is written again, each by itself. */
  async #flush(): Promise<void> {
    const { signal } = this.#settings
    const { documents } = this.#unflushed
    const failed = documents.length === 0 ? undefined : await this.#tryFlush()
    for (let first = documents[0]; first !== undefined; first = documents[0]) {
      const { item, known } = first
      // Nobody knows what the sink has of it.
      const unsure = known && ({ ...known, status: 'pending' } as const)
      if (failed === undefined) await this.#endIndexed(first)
      else await this.#index(item, unsure, readItem(item, undefined, signal), { alone: true })
      documents.shift()
    }
    this.#unflushed.restart()
  }

  /** What came in between. */
  async #tryFlush(): Promise<{ readonly error: unknown } | undefined> {
    const { sink, sinkOptions, signal } = this.#settings
    try {
      await abortable(sink.flush?.(sinkOptions), signal)
      return undefined
    } catch (error) {
      signal?.throwIfAborted()
      return { error }
    }
  }

  async #endIndexed({ item: { id, path }, bytes, state }: Written): Promise<void> {
    await this.#letters.resolve(id)
    this.#unsaved.push(state)
    this.#tally.end({ type: 'indexed', id, path, chunks: state.chunks, bytes })
  }

  /** Stores what is known, and what is pending: one call for each document, and not two. */
  async #save(pending?: ItemState): Promise<void> {
    const { state, source, signal } = this.#settings
    const states = pending === undefined ? this.#unsaved : [...this.#unsaved, pending]
    if (states.length === 0) return
    await abortable(state.put(source.name, states), signal)
    this.#unsaved = []
  }

  /** Whether an item is still there, or may be, as far as the listing tells. */
  #isThere(id: string): boolean {
    const { source } = this.#settings
    return this.#seen.has(id) || source.covers?.(id) === false || this.#hiding.some((hides) => hides(id))
  }

  /** The same text for all items: states may be kept in memory. */
  #fingerprint(parser: Parser): string {
    let fingerprint = this.#fingerprints.get(parser)
    if (fingerprint === undefined) {
      fingerprint = [parser.fingerprint, this.#settings.chunker.fingerprint, this.#sinkIdentity].join('\n')
      this.#fingerprints.set(parser, fingerprint)
    }
    return fingerprint
  }
}

async function failedRead(error: Error): Promise<ReadResult> {
  return { ok: false, error }
}
