import { objectOf } from '../fake-model/object-of.ts'

/** What the API says against a body that its version 2026-10-21 takes no more; undefined when it is in order, or the version older. */
export function checkVersion(version: string, body: Readonly<Record<string, unknown>>): string | undefined {
  if (version < '2026-10-21') return undefined
  const sampling = ['temperature', 'top_p', 'top_k'].find((name) => body[name] !== undefined)
  if (sampling !== undefined) return `${sampling}: Extra inputs are not permitted`
  const { messages } = body
  if (!Array.isArray(messages)) return undefined
  for (const [index, message] of messages.entries()) {
    const { role, content } = objectOf(message)
    if (!Array.isArray(content)) continue
    for (const [position, block] of content.entries()) {
      const fault = faultOf(role, objectOf(block))
      if (fault !== undefined) return `messages.${index}.content.${position}${fault}`
    }
  }
  return undefined
}

function faultOf(role: unknown, { type, citations }: Readonly<Record<string, unknown>>): string | undefined {
  if (role === 'assistant' && type === 'document') return ': document blocks are not permitted in assistant messages'
  if (role !== 'user' || type !== 'text' || !Array.isArray(citations) || citations.length === 0) return undefined
  return '.citations: citations are not permitted in user messages'
}
