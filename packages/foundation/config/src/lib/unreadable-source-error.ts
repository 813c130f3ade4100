import { EmpireError } from '@empire/errors'
import type { Path } from './path.ts'

/** What a source throws when its values cannot be read. Neither text may quote what was read: it may be a secret. */
export class UnreadableSourceError extends EmpireError<'unreadable_source'> {
  readonly expected: string
  readonly received: string
  /** Where in the source: `shop.yaml:3:9`. */
  readonly place: string | undefined
  readonly path: Path

  constructor(expected: string, received: string, { place, path = [] }: { place?: string; path?: Path } = {}) {
    super('unreadable_source', `Expected ${expected}, received ${received}.`)
    this.expected = expected
    this.received = received
    this.place = place
    this.path = path
  }
}
