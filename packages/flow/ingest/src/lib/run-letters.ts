import { abortable } from '@empire/clock'
import { createDeadLetter, type LetterFacts } from './create-dead-letter.ts'
import type { DeadLetter } from './dead-letter.ts'
import { documentId } from './document-id.ts'
import type { IngestSettings } from './ingest-settings.ts'

/** The dead letters of a source during a run. Asked for one by one: there may be more than fit in memory. */
export class RunLetters {
  readonly #settings: IngestSettings
  readonly #replaying: boolean

  /** @param replaying Whether an item that fails again was replayed once more. */
  constructor(settings: IngestSettings, replaying: boolean) {
    this.#settings = settings
    this.#replaying = replaying
  }

  /** An item has failed. */
  async add(facts: Omit<LetterFacts, 'source' | 'at' | 'replays'>): Promise<DeadLetter> {
    const { deadLetters, source, now, signal } = this.#settings
    const before = await this.#find(facts.item.id)
    const replays = (before?.replays ?? 0) + (this.#replaying ? 1 : 0)
    const letter = createDeadLetter({ ...facts, source: source.name, at: now(), replays })
    await abortable(deadLetters.put(letter), signal)
    return letter
  }

  /** An item has come to a good end: its letter, if it has one, is settled. */
  async resolve(itemId: string): Promise<void> {
    const { deadLetters, signal } = this.#settings
    const letter = await this.#find(itemId)
    if (letter !== undefined) await abortable(deadLetters.purge({ id: letter.id }), signal)
  }

  async #find(itemId: string): Promise<DeadLetter | undefined> {
    const { deadLetters, source, signal } = this.#settings
    return abortable(deadLetters.get(documentId(source.name, itemId)), signal)
  }
}
