import { Drop } from './drop.ts'

/** `forloop`: where a loop has come to. */
export class ForloopDrop extends Drop {
  index0 = 0
  readonly #name: string
  readonly #length: number
  readonly #parent: ForloopDrop | undefined

  constructor(name: string, length: number, parent: ForloopDrop | undefined) {
    super()
    this.#name = name
    this.#length = length
    this.#parent = parent
  }

  get(name: string): unknown {
    switch (name) {
      case 'index':
        return this.index0 + 1
      case 'index0':
        return this.index0
      case 'rindex':
        return this.#length - this.index0
      case 'rindex0':
        return this.#length - this.index0 - 1
      case 'first':
        return this.index0 === 0
      case 'last':
        return this.index0 === this.#length - 1
      case 'length':
        return this.#length
      case 'name':
        return this.#name
      case 'parentloop':
        return this.#parent ?? null
      default:
        return undefined
    }
  }

  override toString(): string {
    return 'Liquid::ForloopDrop'
  }
}
