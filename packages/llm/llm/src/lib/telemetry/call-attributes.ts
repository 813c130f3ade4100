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
  return defined({
    [genAi.requestMaxTokens]: maxTokens,
    [genAi.requestTemperature]: temperature,
    [genAi.requestTopP]: topP,
    [genAi.requestTopK]: topK,
    [genAi.requestSeed]: seed,
    [genAi.requestStopSequences]: Array.isArray(stopSequences) ? stopSequences.map(String) : undefined,
    [genAi.requestStream]: stream ? true : undefined,
    [genAi.outputType]: output === undefined ? undefined : 'json',
  })
}

export function finishAttributes({ reason, vendorReason, model, requestId }: Finish): Attributes {
  return defined({
    [genAi.responseFinishReasons]: [vendorReason ?? reason],
    [genAi.responseModel]: model,
    [genAi.responseId]: requestId,
  })
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

function defined(attributes: Attributes): Attributes {
  for (const name of Object.keys(attributes)) if (attributes[name] === undefined) delete attributes[name]
  return attributes
}
