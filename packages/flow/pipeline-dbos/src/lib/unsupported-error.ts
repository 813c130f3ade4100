import { EmpireError } from '@empire/errors'

/** A deployment cannot do that, and another executor can. `details` has `feature`. */
export class UnsupportedError extends EmpireError<'unsupported'> {
  constructor(feature: string, instead: string) {
    super('unsupported', `A deployment has no ${feature}. ${instead}`, { details: { feature } })
  }
}
