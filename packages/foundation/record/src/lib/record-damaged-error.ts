import { EmpireError } from '@empire/errors'

/** What is stored is not what was recorded. `details` hold `place` and `damage`. */
export class RecordDamagedError extends EmpireError<'record_damaged'> {
  constructor(place: string, damage: string) {
    super(
      'record_damaged',
      `Expected a record as it was written, but at ${place} ${damage}. Run verify() for all damages, and restore the record from a copy.`,
      { details: { place, damage } },
    )
  }
}
