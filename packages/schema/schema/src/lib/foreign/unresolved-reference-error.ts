import { EmpireError } from '@empire/errors'

/** A document refers to another one that is not at hand: nothing is ever fetched but by `resolve`. */
export class UnresolvedReferenceError extends EmpireError<'unresolved_reference'> {
  /** What is referred to. */
  readonly uri: string

  constructor(uri: string, location: string, problem: string, cause?: unknown) {
    super('unresolved_reference', `The reference to ${uri} at ${location} leads nowhere: ${problem}`, {
      ...(cause === undefined ? {} : { cause }),
      details: { uri, location },
    })
    this.uri = uri
  }
}
