import { type Finish, ModelError, type Reasoning, type StreamPart, type Usage } from '@empire/llm'
import { type ArgsCollector, createArgsCollector } from './create-args-collector.ts'
import type {
  GeminiCandidate,
  GeminiFrame,
  GeminiFramePart,
  GeminiFunctionCall,
  GeminiGrounding,
  GeminiSource,
} from './gemini-frame.ts'
import { redact, redactText } from '@empire/redaction'
import { readCitations } from './read-citations.ts'
import { readFinishReason } from './read-finish-reason.ts'
import { readUsage } from './read-usage.ts'
import { toGeminiError } from './to-gemini-error.ts'

/** Turns the frames of one answer into parts. */
export interface AnswerReader {
  /** The parts of a frame. Throws the `ModelError` that it holds. */
  read(frame: GeminiFrame): StreamPart[]
  /** The last parts: none when the answer did not end. */
  end(): StreamPart[]
}

/** What an answer is read with. */
export interface AnswerReaderOptions {
  /** Gives calls an id that have none. */
  readonly createId: () => string
  /** Takes the key out of what goes into errors. Default: nothing is taken out. */
  readonly hide?: ((text: string) => string) | undefined
}

/** A reader of one answer, whole or in pieces. */
export function createAnswerReader({ createId, hide = (text) => text }: AnswerReaderOptions): AnswerReader {
  let open: 'text' | 'reasoning' | undefined
  const texts: string[] = []
  let textLength = 0
  /** Where in the text each part of the answer begins. */
  const partStarts: number[] = []
  /** The kind of the last part, which the first one of the next frame goes on with. */
  let lastKind: 'text' | 'reasoning' | 'other' | undefined
  let thoughts: string[] = []
  /** Of the open block. */
  let signature: string | undefined
  /** A call whose arguments are still to come. */
  let begun: { readonly id: string; readonly name: string; readonly collector: ArgsCollector } | undefined
  let usage: Usage | undefined
  /** Of the calls so far: a result finds its call by it. */
  const ids = new Set<string>()
  let grounding: GeminiGrounding | undefined
  /** What the model recites, each source once: frames tell of new ones, or of all so far. */
  const recited = new Map<string, GeminiSource>()
  let finishReason: string | undefined
  let model: string | undefined
  let requestId: string | undefined

  function read(frame: GeminiFrame): StreamPart[] {
    if (frame.error) throw toGeminiError({ body: JSON.parse(hide(toJson({ error: frame.error }))) })
    if (frame.promptFeedback?.blockReason) throw blocked(frame, hide)
    model = frame.modelVersion ?? model
    requestId = frame.responseId ?? requestId
    const parts: StreamPart[] = []
    for (const candidate of frame.candidates ?? []) {
      // The contract has one answer; further ones come only when "vendor" asks for them.
      if ((candidate.index ?? 0) !== 0) parts.push(raw({ candidates: [candidate] }))
      else readCandidate(candidate, parts)
    }
    if (frame.usageMetadata) {
      const counted = readUsage(frame.usageMetadata)
      if (usage === undefined || !isSame(counted, usage)) parts.push({ type: 'usage', usage: counted })
      usage = counted
    }
    if (!frame.candidates && !frame.usageMetadata) parts.push(raw(frame))
    return parts
  }

  function readCandidate(candidate: GeminiCandidate, parts: StreamPart[]): void {
    const { content, index: _, finishReason: word, citationMetadata, ...others } = candidate
    for (const [at, part] of (content?.parts ?? []).entries()) {
      const kind = kindOf(part)
      if (at > 0 || kind === 'other' || kind !== lastKind) partStarts.push(textLength)
      lastKind = kind
      readPart(part, parts)
    }
    // A later frame may say only a part of it, or nothing.
    if (candidate.groundingMetadata) grounding = { ...grounding, ...candidate.groundingMetadata }
    const sources = citationMetadata?.citations ?? citationMetadata?.citationSources ?? []
    for (const source of sources) recited.set(toJson(source), source)
    finishReason = word ?? finishReason
    if (Object.keys(others).length > 0) parts.push(raw({ candidates: [others] }))
  }

  function readPart(part: GeminiFramePart, parts: StreamPart[]): void {
    const { text, thought, thoughtSignature, functionCall, inlineData, ...others } = part
    const hasOthers = Object.keys(others).length > 0
    const proof = thoughtSignature ?? undefined
    if (functionCall) {
      close(parts)
      readCall(functionCall, proof, parts)
    } else if (inlineData && thought !== true) {
      close(parts)
      // Who wants the picture changed has to send it back with its proof.
      if (proof) keep(parts, { thoughts: [part] }, proof)
      parts.push({ type: 'media', mimeType: inlineData.mimeType, data: inlineData.data })
    } else if (typeof text === 'string' || !(inlineData || hasOthers)) {
      say(thought === true ? 'reasoning' : 'text', text ?? '', proof, parts)
    } else {
      close(parts)
      // A tool that ran at Google: what it did belongs to the turn. The draft of a picture does so if it is signed.
      if (!inlineData || proof) keep(parts, { thoughts: [part] }, proof)
      parts.push(raw({ candidates: [{ content: { parts: [part] } }] }))
      return
    }
    if (hasOthers) parts.push(raw({ candidates: [{ content: { parts: [others] } }] }))
  }

  /** Without a name, it goes on with the arguments of the one before. */
  function readCall(call: GeminiFunctionCall, thoughtSignature: string | undefined, parts: StreamPart[]): void {
    const { name, args, partialArgs, willContinue } = call
    if (name) {
      endCall(parts)
      const id = call.id && !ids.has(call.id) ? call.id : createId()
      ids.add(id)
      if (thoughtSignature) keep(parts, { calls: { [id]: { thoughtSignature } } }, thoughtSignature)
      parts.push({ type: 'tool-call-start', id, name })
      begun = { id, name, collector: createArgsCollector(args ?? {}) }
    }
    if (begun === undefined)
      return void parts.push(raw({ candidates: [{ content: { parts: [{ functionCall: call }] } }] }))
    for (const piece of partialArgs ?? []) begun.collector.add(piece)
    if (willContinue !== true) endCall(parts)
  }

  function endCall(parts: StreamPart[]): void {
    if (begun === undefined) return
    const { id, name, collector } = begun
    begun = undefined
    const input = collector.args
    parts.push({ type: 'tool-call-delta', id, text: toJson(input) }, { type: 'tool-call-end', id, name, input })
  }

  function say(kind: 'text' | 'reasoning', text: string, proof: string | undefined, parts: StreamPart[]): void {
    if (text === '' && !proof) return
    if (open !== kind) {
      close(parts)
      open = kind
      parts.push({ type: `${kind}-start` })
    }
    if (text !== '') {
      if (kind === 'text') {
        texts.push(text)
        textLength += text.length
      } else thoughts.push(text)
      parts.push({ type: `${kind}-delta`, text })
    }
    signature = proof ?? signature
  }

  function close(parts: StreamPart[]): void {
    if (open === 'reasoning') {
      const text = thoughts.join('')
      parts.push({ type: 'reasoning-end', ...proofOf(signature, text) })
    } else if (open === 'text') {
      parts.push({ type: 'text-end' })
      if (signature !== undefined) {
        const thoughtSignature = signature
        const silent = { thoughts: [{ text: '', thoughtSignature }] }
        keep(parts, texts.length === 0 ? silent : { thoughtSignature }, signature)
      }
    }
    open = undefined
    thoughts = []
    signature = undefined
  }

  function end(): StreamPart[] {
    if (finishReason === undefined) return []
    const parts: StreamPart[] = []
    close(parts)
    endCall(parts)
    if (grounding || recited.size > 0) {
      const sources = { grounding, recited: [...recited.values()] }
      for (const citation of readCitations(texts.join(''), partStarts, sources)) {
        parts.push({ type: 'citation', citation })
      }
    }
    if (usage === undefined) {
      throw new ModelError(
        'invalid_response',
        'Gemini sent an answer without "usageMetadata": its tokens are not known.',
      )
    }
    const finish: Finish = {
      reason: readFinishReason(finishReason, ids.size > 0),
      vendorReason: finishReason,
      ...(model === undefined ? {} : { model }),
      ...(requestId === undefined ? {} : { requestId }),
    }
    return [...parts, { type: 'finish', ...finish }]
  }

  return { read, end }
}

function kindOf({ text, thought, functionCall, inlineData }: GeminiFramePart): 'text' | 'reasoning' | 'other' {
  if (functionCall || inlineData || typeof text !== 'string') return 'other'
  return thought === true ? 'reasoning' : 'text'
}

function isSame(one: Usage, other: Usage): boolean {
  return (
    one.input === other.input &&
    one.cacheRead === other.cacheRead &&
    one.output === other.output &&
    one.reasoning === other.reasoning
  )
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw new ModelError('invalid_response', 'Gemini sent an answer that nests too deep.', { cause })
  }
}

/** A thought without words: what the next request has to bring along, as `appendResponse` keeps it. */
function keep(parts: StreamPart[], gemini: Readonly<Record<string, unknown>>, signature: string | undefined): void {
  const proof: Omit<Reasoning, 'text'> = { ...(signature === undefined ? {} : { signature }), vendor: { gemini } }
  parts.push({ type: 'reasoning-start' }, { type: 'reasoning-end', ...proof })
}

/** Gemini wants thoughts back only where it has signed them. */
function proofOf(thoughtSignature: string | undefined, text: string): Omit<Reasoning, 'text'> {
  if (thoughtSignature === undefined) return {}
  const thoughts = [{ text, thought: true, thoughtSignature }]
  return { signature: thoughtSignature, vendor: { gemini: { thoughts } } }
}

function raw(frame: unknown): StreamPart {
  return { type: 'raw', vendor: 'gemini', frame }
}

function blocked(
  { promptFeedback, usageMetadata, responseId }: GeminiFrame,
  hide: (text: string) => string,
): ModelError {
  const { blockReason, blockReasonMessage } = promptFeedback ?? {}
  const said = blockReasonMessage ? ` (${redactText(hide(blockReasonMessage)).replace(/\.$/, '')})` : ''
  return new ModelError(
    'content_filtered',
    `Gemini refused the request: ${blockReason}${said}. Change what it asks for.`,
    {
      details: {
        blockReason,
        body: redact(JSON.parse(hide(toJson({ promptFeedback })))),
        ...(responseId ? { requestId: responseId } : {}),
        ...(usageMetadata ? { usage: readUsage(usageMetadata) } : {}),
      },
    },
  )
}
