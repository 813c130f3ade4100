/** The stack of open HTML elements. All operations on a page together take time linear in its tags. */
export class OpenElements {
  readonly #names: string[] = []
  readonly #counts = new Map<string, number>()

  has(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0
  }

  push(name: string): void {
    this.#names.push(name)
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  /** Closes the innermost element of that name and what is open inside it; nothing if none is open. Innermost first. */
  popThrough(name: string): string[] {
    const closed: string[] = []
    if (!this.has(name)) return closed
    for (;;) {
      const last = this.#names.pop()!
      this.#counts.set(last, this.#counts.get(last)! - 1)
      closed.push(last)
      if (last === name) return closed
    }
  }
}
