import { abortable } from '@empire/clock'
import { askSink } from './ask-sink.ts'
import { buryItem } from './bury-item.ts'
import { documentId } from './document-id.ts'
import type { IngestSettings } from './ingest-settings.ts'
import type { ItemState } from './ingest-state.ts'
import type { StepFailure } from './retry-step.ts'
import type { RunLetters } from './run-letters.ts'
import type { Tally } from './tally.ts'

/** How many documents are removed at once. */
const batchSize = 64

/** An item to take out, and what the state has of it. */
export interface RemovedItem {
  readonly id: string
  readonly known: ItemState | undefined
}

/** What of a run takes items out of the sink and the state. */
export interface ItemRemovalOptions {
  readonly settings: IngestSettings
  readonly letters: RunLetters
  readonly tally: Tally
}

/** Takes items out of the sink, and then out of the state. */
export class ItemRemoval {
  readonly #options: ItemRemovalOptions

  constructor(options: ItemRemovalOptions) {
    this.#options = options
  }

  /** Deletes all that the state knows of a source, except what `isThere` says of. */
  async deleteVanished(isThere: (id: string) => boolean): Promise<void> {
    const { settings, tally } = this.#options
    let vanished: RemovedItem[] = []
    for await (const known of settings.state.items(settings.source.name)) {
      const { id } = known
      if (isThere(id)) continue
      tally.find()
      if (vanished.push({ id, known }) < batchSize) continue
      await this.#deleteAll(vanished)
      vanished = []
    }
    await this.#deleteAll(vanished)
  }

  /** Ends an item that the source does not have any more. */
  async delete(item: RemovedItem): Promise<void> {
    const { id } = item
    const failed = await this.remove([item])
    if (failed !== undefined) await buryItem(this.#options, { id, path: id }, failed)
    else this.#options.tally.end({ type: 'deleted', id })
  }

  /** Removes documents, and gives what the sink has against it. */
  async remove(items: readonly RemovedItem[]): Promise<StepFailure | undefined> {
    const { settings, letters, tally } = this.#options
    const { sink, sinkOptions, source, state, signal } = settings
    const ids = items.map(({ id }) => id)
    const documents = ids.map((id) => documentId(source.name, id))
    const pending = items.flatMap(({ known }) =>
      known === undefined ? [] : [{ ...known, status: 'pending' } as const],
    )
    // As before a write: if this is the end of the process, and the item comes back, it is written again.
    if (pending.length > 0) await abortable(state.put(source.name, pending), signal)
    const failed = await askSink(settings, tally, 'remove', async () => {
      await sink.remove(documents, sinkOptions)
      await sink.flush?.(sinkOptions)
    })
    if (failed !== undefined) return failed
    await abortable(state.remove(source.name, ids), signal)
    for (const id of ids) await letters.resolve(id)
    return undefined
  }

  async #deleteAll(items: readonly RemovedItem[]): Promise<void> {
    const { tally } = this.#options
    const left = [...items]
    try {
      const together = items.length > 1 && (await this.remove(items)) === undefined
      for (let item = left[0]; item !== undefined; item = left[0]) {
        // One of them may be what the sink cannot remove.
        if (together) tally.end({ type: 'deleted', id: item.id })
        else await this.delete(item)
        left.shift()
        tally.throwIfBroken()
      }
    } catch (error) {
      tally.stop(left.map(({ id }) => ({ gone: id })))
      throw error
    }
  }
}
