import { Drop } from './drop.ts'

/** `tablerowloop`: where a `tablerow` has come to. */
export class TablerowloopDrop extends Drop {
  index0 = 0
  row = 1
  col = 1
  readonly #length: number
  readonly #cols: number

  constructor(length: number, cols: number) {
    super()
    this.#length = length
    this.#cols = cols
  }

  get isLast(): boolean {
    return this.index0 === this.#length - 1
  }

  get endsRow(): boolean {
    return this.col === this.#cols
  }

  advance(): void {
    this.index0++
    if (this.endsRow) {
      this.col = 1
      this.row++
    } else this.col++
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
        return this.isLast
      case 'length':
        return this.#length
      case 'row':
        return this.row
      case 'col':
        return this.col
      case 'col0':
        return this.col - 1
      case 'col_first':
        return this.col === 1
      case 'col_last':
        return this.endsRow
      default:
        return undefined
    }
  }

  override toString(): string {
    return 'Liquid::TablerowloopDrop'
  }
}
