import { collectResponse, ModelError, type ModelResponse } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { createAnswerReader } from './create-answer-reader.ts'
import { frameReader } from './gemini-frame.ts'
import { toGeminiError } from './to-gemini-error.ts'

/** What became of one request of a batch. The key is missing where Google has lost it. */
export type GeminiBatchResult = { readonly key: string | undefined } & (
  | { readonly ok: true; readonly response: ModelResponse }
  | { readonly ok: false; readonly error: ModelError }
)

const reader = createFrameReader({
  vendor: 'Gemini',
  schema: z.looseObject({
    /** In a file; else it is in the metadata. */
    key: z.string().nullish(),
    metadata: z.looseObject({ key: z.string().nullish() }).nullish(),
    response: z.unknown().optional(),
    error: z.unknown().optional(),
  }),
})

/** How results are read. */
export interface ReadResultsOptions {
  /** Takes the key out of what goes into errors. */
  readonly hide: (text: string) => string
}

/** The results of a batch, one by one as they are pulled: one that failed does not fail the others. */
export async function* readBatchResults(
  results: Iterable<unknown> | AsyncIterable<unknown>,
  { hide }: ReadResultsOptions,
): AsyncGenerator<GeminiBatchResult, void, undefined> {
  let index = 0
  for await (const result of results) yield readResult(result, index++, hide)
}

async function readResult(result: unknown, index: number, hide: (text: string) => string): Promise<GeminiBatchResult> {
  let key: string | undefined
  try {
    const { metadata, response, error, ...line } = reader.check(result)
    key = line.key ?? metadata?.key ?? undefined
    if (error) return { key, ok: false, error: toGeminiError({ body: JSON.parse(hide(JSON.stringify({ error }))) }) }
    return { key, ok: true, response: await collectResponse(readAnswer(response, index, hide)) }
  } catch (failure) {
    if (failure instanceof ModelError) return { key, ok: false, error: failure }
    throw failure
  }
}

async function* readAnswer(response: unknown, index: number, hide: (text: string) => string) {
  let calls = 0
  const answer = createAnswerReader({ createId: () => `call_${index}_${calls++}`, hide })
  yield* answer.read(frameReader.check(response))
  yield* answer.end()
}
