import type { RenderedMessage } from '@empire/context'
import { contentHash, type ContentHash } from '@empire/record'
import type { PreparedRequest } from './prepare-request.ts'
import { schemaDocument } from './schema-document.ts'

/** A request as plain JSON data, for keys and records. */
export type RequestData = Readonly<Record<string, unknown>>

/** Of the requests that several layers are about to write. */
const known = new WeakMap<PreparedRequest, RequestData>()

/**
 * All that a model is asked, as data: messages as they are rendered, schemas as JSON Schema, and the metadata that
 * vendors get. Requests that ask the same give the same: in the place of the id of a tool call stands its number.
 */
export function requestData(request: PreparedRequest): RequestData {
  let data = known.get(request)
  if (data === undefined) {
    data = dataOf(request)
    known.set(request, data)
  }
  return data
}

function dataOf(request: PreparedRequest): RequestData {
  const { context, tools, output, ...parameters } = request
  const calls: Calls = { count: 0, numbers: new Map() }
  const { messages } = context
  return {
    ...parameters,
    messages: context
      .renderMessages()
      .map((message, index) => messageData(message, messages[index]?.metadata ?? {}, calls)),
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

/** The address of a request to a model: the same for all that ask the same. */
export function requestHash(
  model: { readonly id: string; readonly vendor?: string | undefined },
  data: RequestData,
): ContentHash {
  const { id, vendor } = model
  return hashOf({ model: id, vendor, request: data })
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
