import type { HeadingBlock } from './document.ts'

/** The headings that stand over what comes next, also across the parts of a document. */
export class HeadingPath {
  readonly #headings: Pick<HeadingBlock, 'level' | 'title'>[] = []

  /** Outermost first. */
  get titles(): readonly string[] {
    return this.#headings.map(({ title }) => title)
  }

  /** Goes on under a heading. */
  enter({ level, title }: HeadingBlock): void {
    while (this.#headings.length > 0 && this.#headings.at(-1)!.level >= level) this.#headings.pop()
    this.#headings.push({ level, title })
  }
}
