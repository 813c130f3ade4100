/** An HTML element whose end tag has not come yet. */
export interface OpenElement {
  readonly name: string
  /** Whether it and all that is in it is not for reading. */
  readonly dropped: boolean
  /** Whether it holds what the page is about. */
  readonly main: boolean
}

/** The stack of open HTML elements. All operations on a page together take time linear in its tags. */
export class OpenElements {
  readonly #elements: OpenElement[] = []
  readonly #counts = new Map<string, number>()

  has(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0
  }

  push(element: OpenElement): void {
    this.#elements.push(element)
    this.#counts.set(element.name, (this.#counts.get(element.name) ?? 0) + 1)
  }

  /** Closes the innermost element of that name and what is open inside it; nothing if none is open. Innermost first. */
  popThrough(name: string): OpenElement[] {
    const closed: OpenElement[] = []
    if (!this.has(name)) return closed
    for (;;) {
      const last = this.#elements.pop()!
      this.#counts.set(last.name, this.#counts.get(last.name)! - 1)
      closed.push(last)
      if (last.name === name) return closed
    }
  }
}
