/** A promise of a contract, as a case for any test runner. */
export interface ContractCase {
  readonly name: string
  /** Throws if the promise is not kept. */
  readonly run: () => Promise<void>
}

interface Closable {
  close?(): void | Promise<void>
}

/**
 * Makes cases, each with a place of its own, which is removed after it.
 *
 * @param openedAt What is open at a place, and closed before that.
 */
export function casesAt<Place extends Closable>(
  open: () => Place | Promise<Place>,
  openedAt: (place: Place) => Closable = () => ({}),
): (name: string, run: (place: Place) => Promise<void>) => ContractCase {
  return (name, run) => ({
    name,
    async run() {
      const place = await open()
      try {
        await run(place)
      } finally {
        await openedAt(place).close?.()
        await place.close?.()
      }
    },
  })
}
