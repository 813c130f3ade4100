/** What the API says against the contents of a request; undefined when they are in order. */
export function checkContents(contents: unknown): string | undefined {
  if (!Array.isArray(contents) || contents.length === 0) {
    return '* GenerateContentRequest.contents: contents is not specified'
  }
  for (const [index, content] of contents.entries()) {
    const { role = 'user', parts } = (content ?? {}) as Readonly<Record<string, unknown>>
    if (role !== 'user' && role !== 'model' && role !== 'function') return 'Please use a valid role: user, model.'
    if (!Array.isArray(parts) || parts.length === 0) {
      return `* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.`
    }
  }
  return undefined
}
