const roles = new Set<unknown>(['user', 'assistant', 'system'])

/** What the API says against the messages of a request; undefined when they are in order. */
export function checkMessages(messages: unknown): string | undefined {
  if (!Array.isArray(messages)) return 'messages: Input should be a valid list'
  if (messages.length === 0) return 'messages: at least one message is required'
  for (const [index, message] of messages.entries()) {
    const { role, content } = (message ?? {}) as Readonly<Record<string, unknown>>
    if (!roles.has(role)) return `messages.${index}.role: Input should be 'user', 'assistant' or 'system'`
    if (typeof content !== 'string' && !Array.isArray(content)) {
      return `messages.${index}.content: Input should be a valid string or a valid list`
    }
    // The last one of the assistant is what the answer goes on with.
    if (content.length === 0 && !(role === 'assistant' && index === messages.length - 1)) {
      return `messages.${index}: all messages must have non-empty content except for the optional final assistant message`
    }
  }
  return undefined
}
