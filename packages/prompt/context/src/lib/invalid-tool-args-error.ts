import { describeValue, EmpireError } from '@empire/errors'

/** The arguments of a tool call are no object. What they were is not told. */
export class InvalidToolArgsError extends EmpireError<'invalid_tool_args'> {
  /** @param args What came in place of arguments. */
  constructor(args: unknown) {
    const came = typeof args === 'string' ? 'a string (read it with JSON.parse first)' : describeValue(args)
    super(
      'invalid_tool_args',
      `Expected "args" to be an object of arguments by name, got ${came}. For example: context.toolCall({ tool: "weather", args: { city: "Berlin" } }).`,
    )
  }
}
