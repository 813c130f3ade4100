const behindSlash = 0
const inLine = 1
const inBlock = 2

/** Reads over one comment after the other, in pieces: `// …`, `# …`, `/* … *\/`. */
export class PartialComment {
  #state = inLine
  #previous = 0
  ended = true

  /** @param code Of the character that it begins with: a slash or a hash. */
  begin(code: number): void {
    this.#state = code === 47 ? behindSlash : inLine
    this.#previous = 0
    this.ended = false
  }

  /** Reads on from `at`, and gives the index behind what it has read. A slash alone is read over. */
  read(text: string, at: number): number {
    const code = text.charCodeAt(at)
    if (this.#state === behindSlash) {
      if (code === 47) this.#state = inLine
      else if (code === 42) this.#state = inBlock
      else this.ended = true
      return this.ended ? at : at + 1
    }
    if (this.#state === inLine) this.ended = code === 10
    else this.ended = code === 47 && this.#previous === 42
    this.#previous = code
    return at + 1
  }
}
