import { expectKnownKeys } from '@empire/errors'
import { ModelError } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { checkCount } from './check-count.ts'
import type { GeminiTransport } from './create-transport.ts'

/** Options of a list. */
export interface GeminiListOptions {
  /** How many are fetched with one request. Default: what Google thinks right. */
  readonly pageSize?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** The items of a list, page by page as they are pulled. */
export async function* listPages<Schema extends z.core.$ZodType>(
  transport: GeminiTransport,
  path: string,
  field: string,
  item: Schema,
  options: GeminiListOptions = {},
): AsyncGenerator<z.core.output<Schema>, void, undefined> {
  expectKnownKeys('"options"', options, ['pageSize', 'signal'])
  const { pageSize, signal } = options
  checkCount('pageSize', pageSize)
  const reader = createFrameReader({
    vendor: 'Gemini',
    schema: z.looseObject({ [field]: z.array(item).nullish(), nextPageToken: z.string().nullish() }),
  })
  let pageToken: string | undefined
  do {
    const query = { pageSize: pageSize?.toString(), pageToken }
    const page = (await transport.ask({ path, query, signal }, reader)) as Readonly<Record<string, unknown>>
    yield* (page[field] ?? []) as z.core.output<Schema>[]
    const { nextPageToken: next } = page
    if (next && next === pageToken)
      throw new ModelError('invalid_response', 'Gemini gave the same page of a list again.')
    pageToken = typeof next === 'string' ? next : undefined
  } while (pageToken)
}
