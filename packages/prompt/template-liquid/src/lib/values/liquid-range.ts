/** `(1..5)`: whole numbers, both ends included, none of them stored. */
export class LiquidRange {
  readonly first: number
  readonly last: number

  constructor(first: number, last: number) {
    this.first = first
    this.last = last
  }

  get size(): number {
    return Math.max(0, this.last - this.first + 1)
  }

  toString(): string {
    return `${this.first}..${this.last}`
  }
}
