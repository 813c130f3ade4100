import type { Node } from '../render/node.ts'
import type { Run } from '../render/run.ts'

/** Text as it stands in the template. */
export class TextNode implements Node {
  readonly at: number
  readonly isBlank: boolean
  readonly #text: string

  constructor(at: number, text: string) {
    this.at = at
    this.isBlank = !/\S/.test(text)
    this.#text = text
  }

  /** The same without the white space at its end. */
  withoutEnd(): TextNode {
    return new TextNode(this.at, this.#text.trimEnd())
  }

  render(run: Run): undefined {
    run.write(this.#text)
  }

  visit(): void {
    // Text takes no variables.
  }
}
