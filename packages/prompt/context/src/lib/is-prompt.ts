import type { PromptMessage, Role } from './message.ts'

/**
 * Whether a message, rendered or not, is one of words: of `system`, `user` or `assistant`.
 *
 * What models without tools and media take: `context.renderMessages().filter(isPrompt)`.
 */
export function isPrompt<Any extends { readonly role: Role }>(
  message: Any,
): message is Extract<Any, { readonly role: PromptMessage['role'] }> {
  return message.role === 'system' || message.role === 'user' || message.role === 'assistant'
}
