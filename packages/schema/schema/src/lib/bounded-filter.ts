import type * as fc from 'fast-check'

/** How many values in a row may be refused. */
const patience = 1000

/** The values that pass the test. Where too many in a row do not, what `giveUp` makes is thrown. */
export function boundedFilter<Value>(
  values: fc.Arbitrary<Value>,
  test: (value: Value) => boolean,
  giveUp: () => Error,
): fc.Arbitrary<Value> {
  let refused = 0
  return values.filter((value) => {
    if (test(value)) refused = 0
    else if (++refused > patience) {
      refused = 0
      throw giveUp()
    }
    return refused === 0
  })
}
