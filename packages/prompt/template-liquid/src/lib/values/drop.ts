/** A value that templates make themselves and look into by name, like `forloop`. */
export abstract class Drop {
  /** The value of that name, `undefined` if there is none. */
  abstract get(name: string): unknown
}
