import { describeValue, EmpireError } from '@empire/errors'

/** A message whose role is none of those there are. */
export class InvalidRoleError extends EmpireError<'invalid_role'> {
  /** @param role What came in place of a role. */
  constructor(role: unknown) {
    super(
      'invalid_role',
      `Expected "role" to be "system", "user" or "assistant", got ${describeValue(role)}. For example: context.add({ role: "user", raw: "Hello" }).`,
      { details: typeof role === 'string' ? { role } : {} },
    )
  }
}
