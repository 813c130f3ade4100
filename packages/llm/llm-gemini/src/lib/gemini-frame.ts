import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'

const text = z.string().nullish()
const count = z.int().nonnegative().nullish()
/** As it is: `z.record` leaves out `__proto__`, which is data here. */
const fields = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'expected an object',
)

const partialArg = z.looseObject({
  jsonPath: text,
  stringValue: text,
  numberValue: z.number().nullish(),
  boolValue: z.boolean().nullish(),
})

const part = z.looseObject({
  text,
  thought: z.boolean().nullish(),
  thoughtSignature: text,
  functionCall: z
    .looseObject({
      id: text,
      name: text,
      args: fields.nullish(),
      partialArgs: z.array(partialArg).nullish(),
      willContinue: z.boolean().nullish(),
    })
    .nullish(),
  inlineData: z.looseObject({ mimeType: z.string(), data: z.string() }).nullish(),
})

const segment = z.looseObject({ partIndex: count, startIndex: count, endIndex: count, text })

const grounding = z.looseObject({
  groundingChunks: z.array(z.looseObject({})).nullish(),
  groundingSupports: z
    .array(
      z.looseObject({
        segment: segment.nullish(),
        groundingChunkIndices: z.array(z.int()).nullish(),
      }),
    )
    .nullish(),
})

const source = z.looseObject({ startIndex: count, endIndex: count, uri: text, title: text })

const candidate = z.looseObject({
  content: z.looseObject({ parts: z.array(part).nullish() }).nullish(),
  index: z.int().nullish(),
  finishReason: text,
  finishMessage: text,
  groundingMetadata: grounding.nullish(),
  // The two names under which the APIs have it.
  citationMetadata: z
    .looseObject({ citations: z.array(source).nullish(), citationSources: z.array(source).nullish() })
    .nullish(),
})

const usage = z.looseObject({
  promptTokenCount: count,
  cachedContentTokenCount: count,
  candidatesTokenCount: count,
  thoughtsTokenCount: count,
  toolUsePromptTokenCount: count,
})

const frame = z.looseObject({
  candidates: z.array(candidate).nullish(),
  promptFeedback: z.looseObject({ blockReason: text, blockReasonMessage: text }).nullish(),
  usageMetadata: usage.nullish(),
  modelVersion: text,
  responseId: text,
  error: z.looseObject({ code: z.int().nullish(), message: text, status: text }).nullish(),
})

/** A `GenerateContentResponse`: a whole answer, or a piece of a streamed one. */
export type GeminiFrame = z.output<typeof frame>
export type GeminiCandidate = z.output<typeof candidate>
export type GeminiFramePart = z.output<typeof part>
export type GeminiFunctionCall = NonNullable<GeminiFramePart['functionCall']>
export type GeminiGrounding = z.output<typeof grounding>
/** A piece of an answer, in bytes of UTF-8 of one of its parts. */
export type GeminiSegment = z.output<typeof segment>
/** What the model recites. */
export type GeminiSource = z.output<typeof source>
export type GeminiUsage = z.output<typeof usage>

/** Checks what Gemini sends. */
export const frameReader = createFrameReader({ vendor: 'Gemini', schema: frame })
