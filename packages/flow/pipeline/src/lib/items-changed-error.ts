import { EmpireError } from '@empire/errors'

/** A map that was resumed has not as many items as when it was begun. `details` has `step`, `before` and `now`. */
export class ItemsChangedError extends EmpireError<'items_changed'> {
  constructor(step: string, before: number, now: number) {
    super(
      'items_changed',
      `Map ${JSON.stringify(step)} had ${before} items when it was begun, and has ${now} after it was resumed. ` +
        'Let "over" depend on "input" and "needs" alone.',
      { details: { step, before, now } },
    )
  }
}
