/** One thing that a JSON Schema form does not say although the schema does. */
export interface SchemaLoss {
  /** Where in the value: property names and indexes; `'*'` stands for every element or every other property. */
  readonly path: readonly (string | number)[]
  /** Where in the schema's draft 2020-12 form, as a JSON Pointer. */
  readonly pointer: string
  /** The JSON Schema keyword, or the kind of check, that is missing or changed: `pattern`, `refine`, `transform`. */
  readonly keyword: string
  /** What was dropped, and why this dialect cannot say it. */
  readonly reason: string
  /**
   * `wider`: the form admits values that the schema refuses. `narrower`: it refuses values that the schema admits.
   * `different`: both, or another shape. `annotation`: no value is judged otherwise.
   */
  readonly effect: 'wider' | 'narrower' | 'different' | 'annotation'
  /** Who still sees to it: `validation` is checking the answer against the schema itself, `nowhere` means that nobody does. */
  readonly enforcedBy: 'validation' | 'nowhere'
}

/** A loss before it is known where. */
export type LossNote = Pick<SchemaLoss, 'keyword' | 'reason' | 'effect'>

/** Says who still enforces what was lost: the schema itself, except for what no validation looks at. */
export function enforcerOf(effect: SchemaLoss['effect']): SchemaLoss['enforcedBy'] {
  return effect === 'annotation' ? 'nowhere' : 'validation'
}
