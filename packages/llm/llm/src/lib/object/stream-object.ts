import { createPartialJsonParser } from '@empire/json-repair'
import { collectResponse } from '../collect-response.ts'
import type { LanguageModel } from '../language-model.ts'
import type { ModelRequest, SchemaInput } from '../model-request.ts'
import type { StreamPart } from '../stream-part.ts'
import { createObjectLoop, type Rejection } from './create-object-loop.ts'
import type { DeepPartial } from './deep-partial.ts'
import type { ObjectOptions } from './object-options.ts'
import type { ObjectInputOf, ObjectOf } from './object-schema.ts'
import type { ObjectResult } from './object-result.ts'

/**
 * One part of a streamed object: the object so far as the model writes it, not checked yet, and so of the type that goes
 * into the schema; an answer that did not fit, after which the object begins anew; the whole, as the schema gives it out.
 */
export type ObjectPart<Output, Input = Output> =
  | { readonly type: 'object-partial'; readonly value: DeepPartial<Input> }
  | { readonly type: 'object-rejected'; readonly error: Rejection['error'] }
  | ({ readonly type: 'object-end' } & ObjectResult<Output>)

/**
 * As `generateObject`, with the object as it grows. A value that was given never changes; the last part is `object-end`.
 *
 * Throws while it is iterated what `generateObject` rejects with.
 */
export async function* streamObject<const Schema extends SchemaInput>(
  model: LanguageModel,
  request: ModelRequest,
  schema: Schema,
  options: ObjectOptions = {},
): AsyncGenerator<ObjectPart<ObjectOf<Schema>, ObjectInputOf<Schema>>, void, undefined> {
  const loop = await createObjectLoop('streamObject', model, request, schema, options)
  while (true) {
    const parser = createPartialJsonParser({ schema: loop.document })
    const parts: StreamPart[] = []
    let shown: unknown
    for await (const part of model.stream(loop.request, loop.call)) {
      parts.push(part)
      if (part.type !== 'text-delta' || part.text === '') continue
      parser.push(part.text)
      if (parser.value === undefined || parser.value === shown) continue
      shown = parser.value
      yield { type: 'object-partial', value: shown as DeepPartial<ObjectInputOf<Schema>> }
    }
    const outcome = await loop.take(await collectResponse(replay(parts)))
    if ('value' in outcome) {
      yield { type: 'object-end', ...(outcome as ObjectResult<ObjectOf<Schema>>) }
      return
    }
    yield { type: 'object-rejected', error: outcome.error }
  }
}

async function* replay(parts: readonly StreamPart[]): AsyncGenerator<StreamPart> {
  yield* parts
}
