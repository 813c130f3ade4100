import type { Entry } from './entry.ts'
import type { Label } from './label.ts'

/** All that ends a value while it is being loaded: its own labels, and those of the entries that it depends on. */
export class Closure {
  readonly #versions = new Map<Label, string | undefined>()
  #isTorn = false

  constructor(labels: Iterable<Label>) {
    for (const label of labels) this.#versions.set(label, undefined)
  }

  get labels(): Iterable<Label> {
    return this.#versions.keys()
  }

  /** True when two versions of one label met: it was invalidated in between. */
  get isTorn(): boolean {
    return this.#isTorn
  }

  add(label: Label, version: string | undefined): void {
    const known = this.#versions.get(label)
    if (known === undefined) this.#versions.set(label, version)
    else if (version !== undefined && version !== known) this.#isTorn = true
  }

  inherit({ labels, versions }: Entry): void {
    for (const [index, label] of labels.entries()) this.add(label, versions?.[index])
  }

  /** As an entry holds them. Without a version of each label there are none. */
  freeze(): Pick<Entry, 'labels' | 'versions'> {
    const versions = [...this.#versions.values()]
    const isComplete = versions.every((version) => version !== undefined)
    return { labels: [...this.#versions.keys()], versions: isComplete ? versions : undefined }
  }
}
