import { abortable } from '@empire/clock'
import { createDeadLetter, type LetterFacts } from './create-dead-letter.ts'
import type { DeadLetter } from './dead-letter.ts'
import { documentId } from './document-id.ts'
import type { IngestSettings } from './ingest-settings.ts'

/** The dead letters of a source during a run. */
export class RunLetters {
  readonly #settings: IngestSettings
  readonly #replaying: boolean
  /** By id, how often each was replayed. */
  readonly #replays = new Map<string, number>()

  private constructor(settings: IngestSettings, replaying: boolean) {
    this.#settings = settings
    this.#replaying = replaying
  }

  /** @param replaying Whether an item that fails again was replayed once more. */
  static async open(settings: IngestSettings, replaying: boolean): Promise<RunLetters> {
    const { deadLetters, source, signal } = settings
    const letters = new RunLetters(settings, replaying)
    for await (const { id, replays } of deadLetters.list({ source: source.name })) {
      signal?.throwIfAborted()
      letters.#replays.set(id, replays)
    }
    return letters
  }

  /** An item has failed. */
  async add(facts: Omit<LetterFacts, 'source' | 'at' | 'replays'>): Promise<DeadLetter> {
    const { deadLetters, source, now, signal } = this.#settings
    const id = documentId(source.name, facts.item.id)
    const replays = (this.#replays.get(id) ?? 0) + (this.#replaying ? 1 : 0)
    const letter = createDeadLetter({ ...facts, source: source.name, at: now(), replays })
    await abortable(deadLetters.put(letter), signal)
    this.#replays.set(id, replays)
    return letter
  }

  /** An item has come to a good end: its letter, if it has one, is settled. */
  async resolve(itemId: string): Promise<void> {
    const { deadLetters, source, signal } = this.#settings
    const id = documentId(source.name, itemId)
    if (!this.#replays.has(id)) return
    await abortable(deadLetters.purge({ id }), signal)
    this.#replays.delete(id)
  }
}
