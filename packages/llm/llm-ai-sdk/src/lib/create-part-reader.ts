import { type Citation, type FinishReason, ModelError, type Reasoning, type StreamPart } from '@empire/llm'
import { type Fields, isFields } from './is-fields.ts'
import type { ProviderPart } from './provider-part.ts'
import { readError } from './read-error.ts'
import { readInput } from './read-input.ts'
import { isCounted, readUsage } from './read-usage.ts'

/** Turns the parts of one answer of a provider into ours. */
export interface PartReader {
  /** The parts that one part stands for. Throws the error that it holds. */
  read(part: ProviderPart): StreamPart[]
}

type BlockPart = Extract<ProviderPart, { type: `${'text' | 'reasoning'}-${'start' | 'delta' | 'end'}` }>

/** A text or a thought that has begun. */
interface Block {
  readonly block: number
  /** Where in all text it begins. */
  readonly start: number
  readonly texts: string[]
  metadata: Fields | undefined
}

/** What the SDK wants back with the next request goes into `metadata.aiSdk`, where the door of the context finds it. */
type Kept = Readonly<Record<string, unknown>>

const finishReasons: ReadonlySet<unknown> = new Set<FinishReason>(['stop', 'length', 'tool-calls', 'content-filter'])

/** Whose answer is read, and how it comes. */
export interface PartReaderOptions {
  /** Who answers, for messages and raw parts. */
  readonly vendor: string
  readonly signal: AbortSignal
  /** Whether the parts come one by one, so that the answer may break off between them. */
  readonly isStreamed: boolean
}

export function createPartReader({ vendor, signal, isStreamed }: PartReaderOptions): PartReader {
  const open = new Map<string, Block>()
  const calls = new Map<string, { readonly name: string; readonly ofProvider: boolean }>()
  const sources = new Map<string, Citation>()
  const textMetadata: Fields[] = []
  let blocks = 0
  let texts = 0
  let length = 0
  let model: string | undefined
  let requestId: string | undefined

  function begin(kind: 'text' | 'reasoning', { id, providerMetadata }: BlockPart): StreamPart[] {
    const block = blocks++
    open.set(`${kind} ${id}`, { block, start: length, texts: [], metadata: providerMetadata })
    return [{ type: `${kind}-start`, block }]
  }

  function blockOf(kind: 'text' | 'reasoning', part: BlockPart): Block {
    const found = open.get(`${kind} ${part.id}`)
    if (found === undefined) throw outOfOrder(vendor, part.type, part.id)
    found.metadata = part.providerMetadata ?? found.metadata
    return found
  }

  function endText(part: Extract<ProviderPart, { type: 'text-end' }>): StreamPart[] {
    const { block, start, metadata } = blockOf('text', part)
    open.delete(`text ${part.id}`)
    texts += 1
    if (metadata !== undefined) textMetadata.push(metadata)
    return [
      { type: 'text-end', block },
      ...(part.citations ?? []).map((given): StreamPart => {
        const { source, startIndex, endIndex, citedText } = given
        if (isFields(source)) sources.delete(String(source['id']))
        return {
          type: 'citation',
          citation: {
            ...readSource(isFields(source) ? source : {}),
            ...(typeof citedText === 'string' ? { text: citedText } : {}),
            ...(typeof startIndex === 'number' ? { start: start + startIndex } : {}),
            ...(typeof endIndex === 'number' ? { end: start + endIndex } : {}),
            vendor: given,
          },
        }
      }),
    ]
  }

  function endReasoning(part: Extract<ProviderPart, { type: 'reasoning-end' }>): StreamPart[] {
    const { block, texts: thoughts, metadata } = blockOf('reasoning', part)
    open.delete(`reasoning ${part.id}`)
    const thought = {
      type: 'reasoning',
      text: thoughts.join(''),
      ...(metadata === undefined ? {} : { providerOptions: metadata }),
    }
    return [{ type: 'reasoning-end', block, ...signatureOf(metadata), ...keep({ reasoning: [thought] }) }]
  }

  function readCall(part: Extract<ProviderPart, { type: 'tool-call' }>): StreamPart[] {
    const { toolCallId: id, toolName: name, input: text, providerMetadata } = part
    if (part.providerExecuted === true) return [raw(part)]
    const input = readInput(text, { vendor, name })
    const begun = calls.has(id)
    calls.delete(id)
    return [
      ...(providerMetadata === undefined ? [] : silent({ calls: { [id]: { providerOptions: providerMetadata } } })),
      ...(begun
        ? []
        : [
            { type: 'tool-call-start' as const, id, name },
            { type: 'tool-call-delta' as const, id, text },
          ]),
      { type: 'tool-call-end', id, name, input },
    ]
  }

  function readFinish(part: Extract<ProviderPart, { type: 'finish' }>): StreamPart[] {
    const { finishReason, usage } = part
    if (isStreamed && isBrokenOff(part)) {
      throw new ModelError('interrupted', `The stream of ${vendor} broke off before its end.`, {
        details: isCounted(usage) ? { usage: readUsage(usage) } : {},
      })
    }
    const given: Fields = typeof finishReason === 'string' ? { unified: finishReason } : finishReason
    const { unified, raw: word } = given
    const [kept] = texts === 1 ? textMetadata : []
    return [
      // Of several texts, nobody could say which one it belongs to: an answer has one.
      ...(kept === undefined ? [] : silent({ providerOptions: kept })),
      ...[...sources.values()].map((citation): StreamPart => ({ type: 'citation', citation })),
      ...(isCounted(usage) ? [] : [uncounted(vendor)]),
      { type: 'usage', usage: readUsage(usage) },
      {
        type: 'finish',
        reason: finishReasons.has(unified) ? (unified as FinishReason) : 'other',
        ...(typeof word === 'string' && word !== 'other' ? { vendorReason: word } : {}),
        ...(model === undefined ? {} : { model }),
        ...(requestId === undefined ? {} : { requestId }),
      },
    ]
  }

  /** A thought without words: what the next request has to bring along, as `appendResponse` keeps it. */
  function silent(kept: Kept): StreamPart[] {
    const block = blocks++
    return [
      { type: 'reasoning-start', block },
      { type: 'reasoning-end', block, ...keep(kept) },
    ]
  }

  function raw(frame: unknown): StreamPart {
    return { type: 'raw', vendor, frame }
  }

  function read(part: ProviderPart): StreamPart[] {
    switch (part.type) {
      case 'stream-start':
        return part.warnings.length === 0 ? [] : [raw(part)]
      case 'response-metadata':
        model = part.modelId ?? model
        requestId = part.id ?? requestId
        return []
      case 'text-start':
        return begin('text', part)
      case 'text-delta': {
        const { block } = blockOf('text', part)
        length += part.delta.length
        return [{ type: 'text-delta', text: part.delta, block }]
      }
      case 'text-end':
        return endText(part)
      case 'reasoning-start':
        return begin('reasoning', part)
      case 'reasoning-delta': {
        const { block, texts: thoughts } = blockOf('reasoning', part)
        thoughts.push(part.delta)
        return [{ type: 'reasoning-delta', text: part.delta, block }]
      }
      case 'reasoning-end':
        return endReasoning(part)
      case 'tool-input-start': {
        const ofProvider = part.providerExecuted === true
        calls.set(part.id, { name: part.toolName, ofProvider })
        return ofProvider ? [raw(part)] : [{ type: 'tool-call-start', id: part.id, name: part.toolName }]
      }
      case 'tool-input-delta': {
        const call = calls.get(part.id)
        if (call === undefined) throw outOfOrder(vendor, part.type, part.id)
        return call.ofProvider ? [raw(part)] : [{ type: 'tool-call-delta', id: part.id, text: part.delta }]
      }
      case 'tool-input-end':
      case 'ping':
        return []
      case 'tool-call':
        return readCall(part)
      case 'source': {
        const { id } = part
        sources.set(id, { ...readSource(part), vendor: part })
        return []
      }
      case 'file':
        return readFile(part)
      case 'finish':
        return readFinish(part)
      case 'error':
        throw readError(vendor, part.error, signal)
      case 'raw':
        return [raw(part.rawValue)]
      default:
        return [raw(part)]
    }
  }

  function readFile(part: Extract<ProviderPart, { type: 'file' }>): StreamPart[] {
    const { mediaType, data: given } = part
    const data = isFields(given) && given['type'] === 'data' ? given['data'] : given
    if (typeof data === 'string') return [{ type: 'media', mimeType: mediaType, data }]
    if (!(data instanceof Uint8Array)) return [raw(part)]
    const { buffer, byteOffset, byteLength } = data
    return [
      { type: 'media', mimeType: mediaType, data: Buffer.from(buffer, byteOffset, byteLength).toString('base64') },
    ]
  }

  return { read }
}

/**
 * Version 4 has a word for a stream without its end. Before, providers began with a reason that says nothing, and kept it
 * where the vendor gave none: `other`, in version 2 `unknown`.
 */
function isBrokenOff({ finishReason, usage }: Extract<ProviderPart, { type: 'finish' }>): boolean {
  if (typeof finishReason === 'string') return finishReason === 'unknown' && !isCounted(usage)
  const { unified, raw } = finishReason
  return unified === 'interrupted' || (unified === 'other' && typeof raw !== 'string')
}

function readSource({ url, title }: Fields): Citation {
  return {
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof url === 'string' ? { url } : {}),
  }
}

function keep(kept: Kept): Pick<Reasoning, 'vendor'> {
  return { vendor: { aiSdk: kept } }
}

/** Whoever signs says so under its own name: `{ anthropic: { signature } }`. */
function signatureOf(metadata: Fields | undefined): Pick<Reasoning, 'signature'> {
  for (const fields of Object.values(metadata ?? {})) {
    if (isFields(fields) && typeof fields['signature'] === 'string') return { signature: fields['signature'] }
  }
  return {}
}

function outOfOrder(vendor: string, type: string, id: string): ModelError {
  return new ModelError(
    'invalid_response',
    `The provider of ${vendor} sent "${type}" for "${id}", which has not begun.`,
    { details: { path: 'id' } },
  )
}

function uncounted(vendor: string): StreamPart {
  const message = `${vendor} did not say how many tokens the call took: they are counted as 0.`
  return { type: 'error', error: new ModelError('invalid_response', message, { details: { path: 'usage' } }) }
}
