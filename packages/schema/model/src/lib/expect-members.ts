import { describeValue, expectKnownKeys } from '@empire/errors'

/** What a member may be: a type by its name, one of several values, or anything (`''`). */
export type MemberKind = string | readonly string[]

/** Refuses what is no object, and members of other names or kinds. `what` is the function, for its messages. */
export function expectMembers<Options>(
  what: string,
  options: unknown,
  kinds: Readonly<Record<string, MemberKind>>,
): asserts options is Options {
  expectKnownKeys(`${what}: "options"`, options, Object.keys(kinds))
  for (const [name, value] of Object.entries(options)) {
    const kind = kinds[name] as MemberKind
    if (value === undefined || kind === '') continue
    if (typeof kind === 'string' ? typeof value === kind : kind.includes(value as string)) continue
    const wanted = typeof kind === 'string' ? `a ${kind}` : `one of ${kind.map((word) => `'${word}'`).join(', ')}`
    throw new TypeError(`${what}: "${name}" must be ${wanted}, got ${describeValue(value)}.`)
  }
}
