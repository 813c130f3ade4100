import { EmpireError } from '@empire/errors'

/** A model needs a key, and the environment has none. */
export class MissingKeyError extends EmpireError<'missing_key'> {
  /** @param variables The names of the variables that may hold it. */
  constructor(model: string, variables: readonly string[]) {
    super('missing_key', `The model ${model} needs a key. Set ${variables.join(' or ')} to one.`, {
      details: { model, variables },
    })
  }
}
