import type { RenderedMessage } from '@empire/context'
import { contentHash, type ContentHash, shareContent, type SharedContent } from '@empire/record'
import type { LanguageModel } from './language-model.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { renderedMessages } from './rendered-messages.ts'
import { memoOf } from './request-memo.ts'
import { schemaDocument } from './schema-document.ts'

/** A request as plain JSON data, for keys and records. */
export type RequestData = Readonly<Record<string, unknown>>

/**
 * All that a model is asked, as data: messages as they are rendered, schemas as JSON Schema, and the metadata that
 * vendors get. Requests that ask the same give the same: in the place of the id of a tool call stands its number.
 */
export function requestData(request: PreparedRequest): RequestData {
  return (memoOf(request).data ??= dataOf(request))
}

function dataOf(request: PreparedRequest): RequestData {
  const { context, tools, output, ...parameters } = request
  const calls: Calls = { count: 0, numbers: new Map() }
  const { messages } = context
  return {
    ...parameters,
    messages: renderedMessages(request).map((message, index) =>
      messageData(message, messages[index]?.metadata ?? {}, calls),
    ),
    ...(tools === undefined ? {} : { tools: tools.map((tool) => ({ ...tool, input: schemaDocument(tool.input) })) }),
    ...(output === undefined ? {} : { output: { ...output, schema: schemaDocument(output.schema) } }),
  }
}

/** The numbers of the tool calls so far, by id. */
interface Calls {
  count: number
  readonly numbers: Map<string, number>
}

/** The metadata that models read: what was thought, and what the wire doors of the context pass on to their vendor. */
const read = ['reasoning', 'claude', 'gemini', 'openai', 'aiSdk']

function messageData(message: RenderedMessage, metadata: Readonly<Record<string, unknown>>, calls: Calls): RequestData {
  const data: Record<string, unknown> = { ...message }
  for (const name of read) if (metadata[name] !== undefined) data[name] = metadata[name]
  if ('callId' in message) {
    // A result has the number of the last call of that id; ids may come again.
    if (message.role === 'tool') calls.numbers.set(message.callId, ++calls.count)
    data['callId'] = calls.numbers.get(message.callId) ?? 0
  }
  return data
}

/** A model and all that it is asked, as data. The layers of one call share it, and so it is written and hashed once. */
export function callInputs(
  { id, vendor }: Pick<LanguageModel, 'id' | 'vendor'>,
  request: PreparedRequest,
): SharedContent {
  const memo = memoOf(request)
  // The models of a fallback are asked the same request.
  if (memo.inputs?.id !== id || memo.inputs.vendor !== vendor) {
    memo.inputs = { id, vendor, content: shareContent({ model: id, vendor, request: requestData(request) }) }
  }
  return memo.inputs.content
}

/** The address of a request to a model: the same for all that ask the same. */
export function requestHash(model: Pick<LanguageModel, 'id' | 'vendor'>, request: PreparedRequest): ContentHash {
  return hashOf(callInputs(model, request))
}

/** Half a surrogate pair has no canonical JSON, and yet a text that was cut may hold one. */
function hashOf(value: object): ContentHash {
  try {
    return contentHash(value)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return contentHash({ escaped: JSON.stringify(value) })
  }
}
