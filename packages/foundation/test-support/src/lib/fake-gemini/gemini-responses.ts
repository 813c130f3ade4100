import { estimateTokens } from '../fake-model/estimate-tokens.ts'
import { splitText } from '../fake-model/model-step.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'
import type { GeminiStep } from './gemini-step.ts'

type Part = Readonly<Record<string, unknown>>
type Json = Readonly<Record<string, unknown>>

/** The responses that stream an answer: one for each piece, the last with the finish reason and all counts. */
export function streamedResponses(request: FakeRequest, body: Json, model: string, step: GeminiStep): Json[] {
  const pieces: (Part | undefined)[] = step.parts === undefined ? makePieces(request, step) : [...step.parts]
  // An answer without any part still has its end.
  if (pieces.length === 0) pieces.push(undefined)
  return pieces.map((part, index) =>
    makeResponse(request, body, model, step, part ? [part] : [], index === pieces.length - 1),
  )
}

/** The whole answer as one response. */
export function wholeResponse(request: FakeRequest, body: Json, model: string, step: GeminiStep): Json {
  return makeResponse(request, body, model, step, step.parts ?? joinTexts(makePieces(request, step)), true)
}

function makePieces(request: FakeRequest, { thinking, text, toolCalls = [] }: GeminiStep): Part[] {
  return [
    ...splitText(thinking).map((piece) => ({ text: piece, thought: true })),
    ...splitText(text).map((piece) => ({ text: piece })),
    ...toolCalls.map(({ id, name, input = {} }, index) => ({
      functionCall: { id: id ?? `call_fake_${request.index}_${index}`, name, args: input },
    })),
  ]
}

/** Neighbours of the same kind become one part, as they are in a reply that is not streamed. */
function joinTexts(pieces: readonly Part[]): Part[] {
  const thoughts = pieces.filter(({ thought }) => thought === true)
  const texts = pieces.filter(({ text, thought }) => text !== undefined && thought === undefined)
  const calls = pieces.filter(({ functionCall }) => functionCall !== undefined)
  const join = (parts: readonly Part[]): string => parts.map(({ text }) => text).join('')
  return [
    ...(thoughts.length > 0 ? [{ text: join(thoughts), thought: true }] : []),
    ...(texts.length > 0 ? [{ text: join(texts) }] : []),
    ...calls,
  ]
}

function makeResponse(
  request: FakeRequest,
  body: Json,
  model: string,
  step: GeminiStep,
  parts: readonly Part[],
  isLast: boolean,
): Json {
  const head = {
    usageMetadata: makeUsage(body, step, isLast),
    modelVersion: model,
    responseId: step.responseId ?? `fake-${request.index}`,
  }
  if (step.blockReason !== undefined) return { promptFeedback: { blockReason: step.blockReason }, ...head }
  const end = isLast ? { finishReason: step.finishReason ?? 'STOP', ...step.candidate } : {}
  return { candidates: [{ content: { role: 'model', parts }, ...end, index: 0 }], ...head }
}

function makeUsage(body: Json, { usage = {}, ...step }: GeminiStep, isLast: boolean): Json {
  const { input = estimateInput(body), cacheRead = 0, cacheWrite = 0, reasoning = 0 } = usage
  const { output = estimateTokens(step.parts ?? [step.thinking, step.text, step.toolCalls]) } = usage
  // The API counts what came from a cache as part of the prompt, and thoughts apart from the answer.
  const prompt = input + cacheRead + cacheWrite
  const promptCounts = {
    promptTokenCount: prompt,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: prompt }],
    ...(cacheRead > 0 ? { cachedContentTokenCount: cacheRead } : {}),
  }
  if (!isLast) return { ...promptCounts, totalTokenCount: prompt }
  return {
    ...promptCounts,
    candidatesTokenCount: Math.max(0, output - reasoning),
    ...(reasoning > 0 ? { thoughtsTokenCount: reasoning } : {}),
    totalTokenCount: prompt + output,
  }
}

/** About how many tokens of input a request has. */
export function estimateInput(body: Json): number {
  return estimateTokens(body['systemInstruction'], body['contents'], body['tools'])
}
