import type { SourceChange } from './source.ts'

/** The changes that a source tells of, gathered by item until they are taken. */
export class GatheredChanges {
  readonly #iterator: AsyncIterator<SourceChange, unknown>
  readonly #ready = Promise.withResolvers<void>()
  #some = Promise.withResolvers<void>()
  #ids = new Set<string>()
  #relist = false
  #broken: { readonly error: unknown } | undefined
  readonly #pumping: Promise<void>

  constructor(changes: AsyncIterable<SourceChange>) {
    this.#iterator = changes[Symbol.asyncIterator]()
    // Both are looked at only when there is nothing else to do.
    this.#ready.promise.catch(() => {})
    this.#some.promise.catch(() => {})
    this.#pumping = this.#pump()
  }

  /** Resolves when changes are told of. Rejects with what the source throws. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  /** Resolves when there is a change. Rejects with what the source throws. */
  get some(): Promise<void> {
    return this.#some.promise
  }

  /** The ids of the items that have changed since the last time; `undefined`: any may have. */
  take(): ReadonlySet<string> | undefined {
    const taken = this.#relist ? undefined : this.#ids
    this.#ids = new Set()
    this.#relist = false
    if (taken?.size !== 0) {
      this.#some = Promise.withResolvers()
      this.#some.promise.catch(() => {})
      // What was told before it broke is brought in first.
      if (this.#broken !== undefined) this.#some.reject(this.#broken.error)
    }
    return taken
  }

  /** Stops listening. */
  async close(): Promise<void> {
    await this.#iterator.return?.()
    await this.#pumping
  }

  async #pump(): Promise<void> {
    try {
      for (;;) {
        const next = await this.#iterator.next()
        if (next.done === true) throw new Error('the source stopped telling of changes')
        if (next.value.type === 'ready') {
          this.#ready.resolve()
        } else {
          if (next.value.type === 'relist') this.#relist = true
          else this.#ids.add(next.value.id)
          this.#some.resolve()
        }
      }
    } catch (error) {
      this.#ready.reject(error)
      this.#broken = { error }
      this.#some.reject(error)
    }
  }
}
