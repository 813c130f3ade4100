import { collectResponse, ModelError, type StreamPart } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import type { BatchResult } from './batch.ts'
import { createAnswerReader } from './create-answer-reader.ts'
import { messageFrames } from './message-frames.ts'
import { toFrameError } from './to-claude-error.ts'

const reader = createFrameReader({
  vendor: 'Claude',
  schema: z.looseObject({
    custom_id: z.string(),
    result: z.looseObject({ type: z.string(), message: z.unknown().optional(), error: z.unknown().optional() }),
  }),
})

/** What a line of the results says. Throws a `ModelError` with `invalid_response` for one that is none. */
export async function readBatchResult(line: unknown): Promise<BatchResult> {
  const { custom_id: id, result } = reader.check(line)
  switch (result.type) {
    case 'succeeded':
      try {
        return { id, response: await collectResponse(partsOf(result.message)) }
      } catch (error) {
        if (error instanceof ModelError) return { id, error }
        throw error
      }
    case 'errored':
      return { id, error: toFrameError('Claude refused a request of the batch', result.error, undefined) }
    case 'canceled':
      return { id, error: new ModelError('interrupted', 'The batch was canceled before this request was answered.') }
    case 'expired':
      return {
        id,
        error: new ModelError('timeout', 'The batch expired before this request was answered. Send it again.'),
      }
    default:
      return {
        id,
        error: new ModelError('invalid_response', `Claude gave a result of an unknown type: ${result.type}.`),
      }
  }
}

async function* partsOf(message: unknown): AsyncGenerator<StreamPart, void, undefined> {
  const answer = createAnswerReader(undefined)
  for (const frame of messageFrames(message)) yield* answer.read(frame)
}
