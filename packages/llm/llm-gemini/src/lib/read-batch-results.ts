import { collectResponse, ModelError, type ModelResponse } from '@empire/llm'
import * as z from 'zod'
import { createAnswerReader } from './create-answer-reader.ts'
import { frameReader } from './gemini-frame.ts'
import { toGeminiError } from './to-gemini-error.ts'

/** What became of one request of a batch. The key is missing where Google has lost it. */
export type GeminiBatchResult = { readonly key: string | undefined } & (
  | { readonly ok: true; readonly response: ModelResponse }
  | { readonly ok: false; readonly error: ModelError }
)

/** An `InlinedResponse`. */
export const inlinedResponse = z.looseObject({
  metadata: z.looseObject({ key: z.string().nullish() }).nullish(),
  response: z.unknown().optional(),
  error: z.unknown().optional(),
})

/** The results of a batch: one that failed does not fail the others. */
export function readBatchResults(list: readonly z.output<typeof inlinedResponse>[]): Promise<GeminiBatchResult[]> {
  return Promise.all(
    list.map(async ({ metadata, response, error }, index): Promise<GeminiBatchResult> => {
      const key = metadata?.key ?? undefined
      if (error) return { key, ok: false, error: toGeminiError({ body: { error } }) }
      try {
        return { key, ok: true, response: await collectResponse(readAnswer(response, index)) }
      } catch (failure) {
        if (failure instanceof ModelError) return { key, ok: false, error: failure }
        throw failure
      }
    }),
  )
}

async function* readAnswer(response: unknown, index: number) {
  let calls = 0
  const answer = createAnswerReader({ createId: () => `call_${index}_${calls++}` })
  yield* answer.read(frameReader.check(response))
  yield* answer.end()
}
