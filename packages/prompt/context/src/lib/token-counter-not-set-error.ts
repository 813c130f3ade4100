import { EmpireError } from '@empire/errors'

/** Tokens were asked for, but the context has nothing to count them with. */
export class TokenCounterNotSetError extends EmpireError<'token_counter_not_set'> {
  constructor() {
    super(
      'token_counter_not_set',
      'There is no token counter in this context. Pass one to createContext: { tokenCounter: createEstimator() }.',
    )
  }
}
