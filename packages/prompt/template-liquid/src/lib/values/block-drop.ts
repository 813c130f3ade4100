import { Drop } from './drop.ts'

/** `block`: within a block, `block.super` is the text of the block that it takes the place of. */
export class BlockDrop extends Drop {
  readonly #renderSuper: () => string

  constructor(renderSuper: () => string) {
    super()
    this.#renderSuper = renderSuper
  }

  get(name: string): unknown {
    return name === 'super' ? this.#renderSuper() : undefined
  }

  override toString(): string {
    return 'Liquid::BlockDrop'
  }
}
