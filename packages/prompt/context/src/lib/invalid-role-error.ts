import { closestName, describeValue, EmpireError } from '@empire/errors'

const roles = ['system', 'user', 'assistant', 'tool', 'tool_result', 'media']

/** A message whose role is none of those there are. */
export class InvalidRoleError extends EmpireError<'invalid_role'> {
  /** @param role What came in place of a role. */
  constructor(role: unknown) {
    const closest = typeof role === 'string' ? closestName(role, roles) : undefined
    const hint = closest === undefined ? '' : ` Did you mean ${JSON.stringify(closest)}?`
    super(
      'invalid_role',
      `Expected "role" to be one of ${roles.join(', ')}, got ${describeValue(role)}.${hint} For example: context.add({ role: "user", raw: "Hello" }).`,
      { details: typeof role === 'string' ? { role } : {} },
    )
  }
}
