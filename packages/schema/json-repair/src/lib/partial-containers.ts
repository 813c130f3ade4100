export const noContainer = 0
export const array = 1
export const object = 2

/** The containers that are open. */
export class PartialContainers {
  readonly #kinds: number[] = []
  readonly #counts = [0, 0, 0]
  /** The kind of the innermost. */
  innermost: number = noContainer

  open(kind: number): void {
    this.#kinds.push(kind)
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1
    this.innermost = kind
  }

  close(): void {
    const kind = this.#kinds.pop() ?? noContainer
    this.#counts[kind] = (this.#counts[kind] ?? 0) - 1
    this.innermost = this.#kinds.at(-1) ?? noContainer
  }

  /** Whether one of this kind is open, at any depth. */
  has(kind: number): boolean {
    return (this.#counts[kind] ?? 0) > 0
  }
}
