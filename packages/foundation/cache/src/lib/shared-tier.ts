import type { Clock } from '@empire/clock'
import { keyLabel, keyOf, type Label, rootLabel } from './label.ts'
import { createVersion, lastsUntil } from './label-version.ts'
import { LabelClaims } from './label-claims.ts'
import type { OpenStore, StoreItem } from './open-store.ts'
import { fromRecord, toRecord, type StoredEntry } from './stored-record.ts'
import { within } from './within.ts'

export interface SharedTierOptions {
  readonly store: OpenStore
  readonly namespace: string
  readonly clock: Clock
  readonly createId: () => string
  /** Milliseconds that one call of the store may take. */
  readonly timeout: number
  /** Milliseconds for which a store that failed is left alone. */
  readonly rest: number
  readonly onFailure: (error: unknown) => void
}

/** What a read of the store found. */
export interface Finding {
  /** The entry if it is fresh, too. */
  readonly fresh?: StoredEntry

  readonly entry: StoredEntry | undefined
  readonly versions: ReadonlyMap<Label, string>
  /** When it was begun to be read, for `claim`. */
  readonly beginning: number
}

const hour = 3_600_000

/**
 * The tier that processes share.
 *
 * Each label has a version in the store, a random text. An entry carries the versions that its labels had before its
 * value was loaded, and counts only as long as all of them are still the same: to delete a version ends all entries that
 * carry it, also those that are written later by a load that began before. This needs neither transactions nor equal
 * clocks, and a version that the store loses costs a load and nothing else.
 */
export class SharedTier {
  readonly #options: SharedTierOptions
  readonly #prefix: string
  readonly #claims = new LabelClaims()
  #restUntil = -Infinity
  #lastError: unknown

  constructor(options: SharedTierOptions) {
    this.#options = options
    // Without a colon of its own, or "a" and "a:e" would meet.
    this.#prefix = toStoreName(options.namespace).replaceAll(':', '%003a')
  }

  /** The entry of `id` if it still counts, and the versions of `labels`, as far as there are any. */
  async read(id: string, labels: readonly Label[]): Promise<Finding> {
    const beginning = this.#claims.begin()
    const [record, ...found] = await this.#attempt(({ getMany }) =>
      getMany([this.#entryName(id), ...labels.map((label) => this.#versionName(label))]),
    )
    const versions = new Map<Label, string>()
    keepVersions(versions, labels, found)
    const entry = fromRecord(record)
    if (entry === undefined || !isEntryOf(id, entry) || entry.keptUntil <= this.#options.clock.now()) {
      return { entry: undefined, versions, beginning }
    }
    const asked = new Set(labels)
    const others = entry.labels.filter((label) => !asked.has(label))
    if (others.length > 0) keepVersions(versions, others, await this.#readVersions(others))
    const counts = entry.labels.every((label, index) => versions.get(label) === entry.versions[index])
    return { entry: counts ? entry : undefined, versions, beginning }
  }

  /**
   * A version for each label: a value that is loaded after this may carry them.
   *
   * @param life Milliseconds that entries live which will carry them.
   */
  async claim(labels: readonly Label[], { versions, beginning }: Finding, life: number): Promise<string[]> {
    const { clock, createId } = this.#options
    const now = clock.now()
    const claimed = new Map<Label, string | Promise<string>>()
    const created: (readonly [Label, string])[] = []
    // An entry dies with the version that it carries, so a new version should outlive several entries.
    const until = now + Math.max(hour, 4 * life)
    for (const label of labels) {
      const found = versions.get(label)
      const explained =
        found !== undefined && lastsUntil(found) >= now + life ? found : this.#claims.find(label, beginning)
      // There is one root for as long as there is the cache: with it everything would end at once.
      if (explained === undefined)
        created.push([label, createVersion(createId(), label === rootLabel ? Infinity : until)])
      claimed.set(label, explained ?? '')
    }
    if (created.length > 0) {
      const landing = this.#create(created)
      this.#claims.add(created, landing)
      for (const [label, version] of created) claimed.set(label, version)
      await landing
    }
    return Promise.all(labels.map((label) => claimed.get(label) ?? ''))
  }

  async write(id: string, entry: StoredEntry): Promise<void> {
    const life = entry.keptUntil - this.#options.clock.now()
    if (life <= 0) return
    const item: StoreItem = { key: this.#entryName(id), value: toRecord(entry), ttl: toTtl(life) }
    await this.#attempt(({ setMany }) => setMany([item]))
  }

  async remove(id: string): Promise<void> {
    await this.#attempt(({ deleteMany }) => deleteMany([this.#entryName(id)]))
  }

  /** Ends all entries with one of `labels`, also those still to be written that were loaded before. */
  async end(labels: ReadonlySet<Label>): Promise<void> {
    await this.#attempt(({ deleteMany }) => {
      const names: string[] = []
      for (const label of labels) {
        names.push(this.#versionName(label))
        const id = keyOf(label)
        if (id !== undefined) names.push(this.#entryName(id))
      }
      return deleteMany(names)
    })
  }

  async #create(created: readonly (readonly [Label, string])[]): Promise<void> {
    const now = this.#options.clock.now()
    const items = created.map(([label, value]) => {
      return { key: this.#versionName(label), value, ttl: toTtl(lastsUntil(value) - now) }
    })
    await this.#attempt(({ setMany }) => setMany(items))
  }

  async #readVersions(labels: readonly Label[]): Promise<unknown[]> {
    return this.#attempt(({ getMany }) => getMany(labels.map((label) => this.#versionName(label))))
  }

  async #attempt<Result>(action: (store: OpenStore) => Promise<Result>): Promise<Result> {
    const { store, clock, timeout, rest, onFailure } = this.#options
    if (clock.now() < this.#restUntil) throw this.#lastError
    try {
      return await within(clock, timeout, () => action(store))
    } catch (error) {
      this.#restUntil = clock.now() + rest
      this.#lastError = error
      onFailure(error)
      throw error
    }
  }

  #entryName(id: string): string {
    return `${this.#prefix}:e:${toStoreName(id)}`
  }

  #versionName(label: Label): string {
    return `${this.#prefix}:v:${toStoreName(label)}`
  }
}

/** Whatever else lies there would not end with its key, nor with the cache. */
function isEntryOf(id: string, { labels }: StoredEntry): boolean {
  return labels.includes(rootLabel) && labels.includes(keyLabel(id))
}

function keepVersions(versions: Map<Label, string>, labels: readonly Label[], found: readonly unknown[]): void {
  for (const [index, label] of labels.entries()) {
    const version = found[index]
    if (typeof version === 'string') versions.set(label, version)
  }
}

/** Whole milliseconds; none for more than a store could count. */
function toTtl(life: number): number | undefined {
  return life > Number.MAX_SAFE_INTEGER / 2 ? undefined : Math.ceil(life)
}

/** Stores disagree about control characters, and in UTF-8 all lone surrogates are one and the same. */
function toStoreName(text: string): string {
  return text.replace(/[%\p{Cc}\p{Cs}]/gu, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
