import { ModelError } from '../model-error.ts'
import type { PreparedRequest } from '../prepared-request.ts'
import { renderedMessages } from '../rendered-messages.ts'
import { schemaDocument } from '../schema-document.ts'

/** More than the marks that vendors put around a message. */
const perMessage = 16
/** More than what vendors write to a model that is to call tools or to keep to a form. */
const perFeature = 1000

/**
 * Tokens that a request never exceeds: a token is at least one byte of UTF-8.
 *
 * Throws `over_budget` for a medium: what a model makes of it cannot be told from here.
 */
export function tokenBound(request: PreparedRequest): number {
  const { context, tools = [], output, vendor } = request
  let bytes = 0
  const { messages } = context
  for (const [index, { content, name = '', role, ...rest }] of renderedMessages(request).entries()) {
    if (role === 'media') {
      throw new ModelError(
        'over_budget',
        'Expected a request whose tokens can be told, got one with a medium. Pass "countTokens" to withCost, which says how many tokens a request has at most.',
      )
    }
    bytes += perMessage + Buffer.byteLength(content) + Buffer.byteLength(name)
    if ('tool' in rest) bytes += Buffer.byteLength(rest.tool) + Buffer.byteLength(rest.callId)
    const metadata = messages[index]?.metadata
    if (metadata?.['reasoning'] !== undefined) bytes += Buffer.byteLength(JSON.stringify(metadata['reasoning']))
  }
  if (tools.length > 0) bytes += perFeature
  for (const { name, description = '', input } of tools) {
    bytes += perMessage + Buffer.byteLength(name + description) + bytesOf(schemaDocument(input))
  }
  if (output !== undefined) bytes += perFeature + bytesOf(schemaDocument(output.schema))
  return vendor === undefined ? bytes : bytes + bytesOf(vendor)
}

function bytesOf(data: unknown): number {
  return Buffer.byteLength(JSON.stringify(data))
}
