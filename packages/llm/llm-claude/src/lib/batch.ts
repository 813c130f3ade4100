import type { ModelError, ModelRequest, ModelResponse } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'

/** A request of a batch. */
export interface BatchRequest {
  /** Names the result, for results come in any order: 1 to 64 letters, digits, `_` and `-`, each once in a batch. */
  readonly id: string
  readonly request: ModelRequest
}

/** How far a batch is. */
export interface Batch {
  readonly id: string
  /** Results are there when it is `ended`. */
  readonly status: 'in_progress' | 'canceling' | 'ended'
  /** How many of its requests are where; results count when it has ended. */
  readonly counts: {
    readonly processing: number
    readonly succeeded: number
    readonly errored: number
    readonly canceled: number
    readonly expired: number
  }
  /** When it was made, as ISO text. */
  readonly createdAt: string
  /** When what is not answered by then expires, as ISO text. */
  readonly expiresAt: string
  /** When the last request was answered, as ISO text. */
  readonly endedAt?: string | undefined
}

/** What came of one request of a batch: an answer, or the error that the call would have thrown. */
export type BatchResult =
  | { readonly id: string; readonly response: ModelResponse }
  | { readonly id: string; readonly error: ModelError }

const count = z.int().min(0)

const schema = z.looseObject({
  id: z.string(),
  processing_status: z.enum(['in_progress', 'canceling', 'ended']),
  request_counts: z.looseObject({
    processing: count,
    succeeded: count,
    errored: count,
    canceled: count,
    expired: count,
  }),
  created_at: z.string(),
  expires_at: z.string(),
  ended_at: z.string().nullish(),
})

export const batchReader = createFrameReader({ vendor: 'Claude', schema })

export const batchPageReader = createFrameReader({
  vendor: 'Claude',
  schema: z.looseObject({ data: z.array(schema), has_more: z.boolean().nullish(), last_id: z.string().nullish() }),
})

/** A batch, from the words of the API. */
export function readBatch(batch: z.output<typeof schema>): Batch {
  const { processing, succeeded, errored, canceled, expired } = batch.request_counts
  return {
    id: batch.id,
    status: batch.processing_status,
    counts: { processing, succeeded, errored, canceled, expired },
    createdAt: batch.created_at,
    expiresAt: batch.expires_at,
    ...(batch.ended_at === undefined || batch.ended_at === null ? {} : { endedAt: batch.ended_at }),
  }
}
