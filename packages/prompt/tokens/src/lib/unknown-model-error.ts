import { describeValue, EmpireError } from '@empire/errors'

/** Nothing is known about how a model counts. `details` holds `model` and what is `known`. */
export class UnknownModelError extends EmpireError<'unknown_model'> {
  /**
   * @param model The name that came.
   * @param known Names or beginnings of names that would have done.
   * @param advice What to do instead, one sentence.
   */
  constructor(model: string, known: readonly string[], advice: string) {
    super(
      'unknown_model',
      `Expected a model whose name begins with one of ${known.join(', ')}; got ${describeValue(model)}. ${advice}`,
      { details: { model, known: [...known] } },
    )
  }
}
