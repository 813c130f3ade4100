import { genAi } from '@empire/telemetry'
import type { ModelResponse, LanguageModel } from '../language-model.ts'
import type { ModelRequest } from '../model-request.ts'
import type { Finish } from '../stream-part.ts'
import type { Usage } from '../usage.ts'

/** Values of attributes of a span. */
export type Attributes = Record<string, string | number | boolean | string[] | undefined>

const providers: ReadonlyMap<string, string> = new Map([
  ['claude', 'anthropic'],
  ['gemini', 'gcp.gemini'],
])

/** What tells the metrics of one model from those of another. */
export function modelAttributes({ id, vendor }: LanguageModel): Attributes {
  return {
    [genAi.operationName]: 'chat',
    [genAi.requestModel]: id,
    ...(vendor === undefined ? {} : { [genAi.providerName]: providers.get(vendor) ?? vendor }),
  }
}

/** The parameters of a request, which may be wrong: it has not been checked yet. */
export function requestAttributes(request: ModelRequest | undefined, stream: boolean): Attributes {
  const { maxTokens, temperature, topP, topK, seed, stopSequences, output } = request ?? ({} as Partial<ModelRequest>)
  const attributes: Attributes = {}
  if (maxTokens !== undefined) attributes[genAi.requestMaxTokens] = maxTokens
  if (temperature !== undefined) attributes[genAi.requestTemperature] = temperature
  if (topP !== undefined) attributes[genAi.requestTopP] = topP
  if (topK !== undefined) attributes[genAi.requestTopK] = topK
  if (seed !== undefined) attributes[genAi.requestSeed] = seed
  if (Array.isArray(stopSequences)) attributes[genAi.requestStopSequences] = stopSequences.map(String)
  if (stream) attributes[genAi.requestStream] = true
  if (output !== undefined) attributes[genAi.outputType] = 'json'
  return attributes
}

export function finishAttributes({ reason, vendorReason, model, requestId }: Finish): Attributes {
  const attributes: Attributes = { [genAi.responseFinishReasons]: [vendorReason ?? reason] }
  if (model !== undefined) attributes[genAi.responseModel] = model
  if (requestId !== undefined) attributes[genAi.responseId] = requestId
  return attributes
}

export function usageAttributes(usage: Usage): Attributes {
  const { cacheRead, cacheWrite, reasoning } = usage
  const { input, output } = tokensOf(usage)
  return {
    [genAi.usageInputTokens]: input,
    [genAi.usageOutputTokens]: output,
    [genAi.usageCacheReadInputTokens]: cacheRead,
    [genAi.usageCacheCreationInputTokens]: cacheWrite,
    [genAi.usageReasoningOutputTokens]: reasoning,
  }
}

/** As the conventions count: cached tokens are part of the input, reasoning is part of the output. */
export function tokensOf({ input, cacheRead, cacheWrite, output, reasoning }: Usage): {
  input: number
  output: number
} {
  return { input: input + cacheRead + cacheWrite, output: output + reasoning }
}

/** The content of an answer, in the form of the conventions. */
export function outputMessages({
  text,
  toolCalls,
  finish,
}: Pick<ModelResponse, 'text' | 'toolCalls' | 'finish'>): unknown {
  const parts = [
    ...(text === '' ? [] : [{ type: 'text', content: text }]),
    ...toolCalls.map(({ id, name, input }) => ({ type: 'tool_call', id, name, arguments: input })),
  ]
  return [{ role: 'assistant', parts, finish_reason: finish.reason }]
}
