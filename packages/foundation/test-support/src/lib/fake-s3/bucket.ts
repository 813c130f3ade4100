import { type FakeObjectOptions, type StoredObject, storeObject } from './stored-object.ts'

/** The objects of one bucket, with all versions if it keeps them. */
export class Bucket {
  readonly #versioned: boolean
  readonly #objects = new Map<string, StoredObject[]>()
  #versions = 0
  #sorted: string[] | undefined

  constructor({ versioned }: { versioned: boolean }) {
    this.#versioned = versioned
  }

  put(key: string, content: Uint8Array, options: FakeObjectOptions, now: number): void {
    const versionId = this.#versioned ? `version-${++this.#versions}` : undefined
    const stored = storeObject(content, options, { versionId, now })
    const others = this.#versioned ? (this.#objects.get(key) ?? []) : []
    this.#objects.set(key, [...others, stored])
    this.#sorted = undefined
  }

  remove(key: string): void {
    this.#objects.delete(key)
    this.#sorted = undefined
  }

  /** A version, or the last one. */
  get(key: string, versionId?: string | null): StoredObject | undefined {
    const versions = this.#objects.get(key) ?? []
    if (versionId === undefined || versionId === null) return versions.at(-1)
    return versions.find((stored) => stored.versionId === versionId)
  }

  /** Keys by their bytes, those after `after` only. */
  keys(prefix: string, after: string | undefined): string[] {
    this.#sorted ??= [...this.#objects.keys()].toSorted((one, other) =>
      Buffer.compare(Buffer.from(one), Buffer.from(other)),
    )
    const start = after === undefined ? 0 : this.#sorted.findIndex((key) => isAfter(key, after))
    return start === -1 ? [] : this.#sorted.slice(start).filter((key) => key.startsWith(prefix))
  }
}

function isAfter(key: string, after: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0
}
