import type { RenderedMessage } from '@empire/context'
import { genAi } from '@empire/telemetry'
import type { ModelRequest } from '../model-request.ts'
import { prepareRequest } from '../prepare-request.ts'
import { renderedMessages } from '../rendered-messages.ts'
import { requestData } from '../request-data.ts'

/** The content of a request in the form of the conventions, by attribute. */
export function inputContent(request: ModelRequest): Readonly<Record<string, unknown>> {
  const prepared = prepareRequest(request)
  const messages = renderedMessages(prepared)
  const { tools } = requestData(prepared)
  return {
    [genAi.systemInstructions]: messages.filter(({ role }) => role === 'system').map(partOf),
    [genAi.inputMessages]: messages
      .filter(({ role }) => role !== 'system')
      .map((message) => ({ role: roleOf(message), parts: [partOf(message)] })),
    ...(tools === undefined ? {} : { [genAi.toolDefinitions]: tools }),
  }
}

function roleOf({ role }: RenderedMessage): string {
  if (role === 'tool') return 'assistant'
  if (role === 'tool_result') return 'tool'
  return role === 'media' ? 'user' : role
}

function partOf(message: RenderedMessage): unknown {
  switch (message.role) {
    case 'tool':
      return { type: 'tool_call', id: message.callId, name: message.tool, arguments: message.args }
    case 'tool_result':
      return { type: 'tool_call_response', id: message.callId, response: message.result }
    case 'media':
      return { type: 'media', mime_type: message.mimeType, content: message.content }
    default:
      return { type: 'text', content: message.content }
  }
}
