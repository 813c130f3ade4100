import type { LanguageModel } from '../language-model.ts'
import type { ModelRequest, SchemaInput } from '../model-request.ts'
import { createObjectLoop } from './create-object-loop.ts'
import type { ObjectOptions } from './object-options.ts'
import type { ObjectOf } from './object-schema.ts'
import type { ObjectResult } from './object-result.ts'

/**
 * Asks a model for a value of a schema: a model of `@empire/model`, any Standard Schema that can be written as JSON Schema,
 * or a JSON Schema document.
 *
 * What the model writes is repaired and checked. When it does not fit, the model is told why and asked again, `reasks` times
 * at most. An answer that was cut at its token limit is never taken for a whole one.
 *
 * Rejects with a `ModelError`: those of the model; `invalid_response` when no answer fits, with what is wrong as `cause`, and
 * when the answer was cut; `content_filtered`. `details` has `attempts` and `usage`.
 */
export async function generateObject<const Schema extends SchemaInput>(
  model: LanguageModel,
  request: ModelRequest,
  schema: Schema,
  options: ObjectOptions = {},
): Promise<ObjectResult<ObjectOf<Schema>>> {
  const loop = await createObjectLoop('generateObject', model, request, schema, options)
  while (true) {
    const outcome = await loop.take(await model.generate(loop.request, loop.call))
    if ('value' in outcome) return outcome as ObjectResult<ObjectOf<Schema>>
  }
}
