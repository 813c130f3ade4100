import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { z } from 'zod'
import { createModel } from './create-model.ts'
import { expectName } from './define-model.ts'
import type { BaseModel } from './model.ts'

/**
 * Makes a model that is one of several, told apart by a field that has a literal in each.
 *
 * @throws {TypeError} When the models cannot be told apart by it.
 */
export function defineUnion<Models extends readonly [BaseModel, ...BaseModel[]]>(
  name: string,
  discriminator: string,
  models: Models,
  options: { readonly description?: string | undefined } = {},
): BaseModel<StandardSchemaV1.InferInput<Models[number]>, StandardSchemaV1.InferOutput<Models[number]>> {
  expectName('defineUnion', name)
  if (typeof discriminator !== 'string' || discriminator === '') {
    throw new TypeError(`defineUnion: "discriminator" must be the key of a field, got ${describeValue(discriminator)}.`)
  }
  if (!Array.isArray(models) || models.length === 0) {
    throw new TypeError(`defineUnion: "models" must be a list of models, got ${describeValue(models)}.`)
  }
  const owners = new Map<unknown, string>()
  for (const model of models as readonly BaseModel[]) {
    // oxlint-disable-next-line no-underscore-dangle -- zod's name
    const literals = model?.schema?._zod.propValues?.[discriminator]
    if (literals === undefined) {
      throw new TypeError(
        `defineUnion: "models" must each have a literal as ${JSON.stringify(discriminator)}, got ${model?.name ?? describeValue(model)} without one.`,
      )
    }
    for (const literal of literals) {
      const owner = owners.get(literal)
      if (owner !== undefined) {
        throw new TypeError(
          `defineUnion: "models" must have different literals as ${JSON.stringify(discriminator)}, got ${JSON.stringify(literal)} in ${owner} and ${model.name}.`,
        )
      }
      owners.set(literal, model.name)
    }
  }
  const { description } = options
  const schemas = models.map((model) => model.schema)
  const union = z.discriminatedUnion(discriminator, schemas as never)
  const schema = union.meta({ title: name, ...(description === undefined ? {} : { description }) })
  return Object.freeze(createModel({ name, description, schema })) as never
}
