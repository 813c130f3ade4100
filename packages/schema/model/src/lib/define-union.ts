import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { z } from 'zod'
import { coerceScalar } from './coerce-scalar.ts'
import { createModel } from './create-model.ts'
import { expectName } from './define-model.ts'
import { isPlain } from './freeze-plain.ts'
import type { BaseModel } from './model.ts'
import { expectModelOptions, type ModelOptions } from './model-options.ts'
import { namesFor } from './schema-place.ts'
import { discriminableAs } from './schema-seen-as.ts'
import { internalsOf } from './zod-parts.ts'

/**
 * What a union has beside its models. `coercion: 'safe'`: a model is found by its literal in another type too, such as `"1"`
 * for 1; the fields are coerced as their models say.
 */
export type UnionOptions = Pick<ModelOptions, 'description' | 'coercion'>

type Members = Readonly<Record<string, unknown>>

/**
 * Makes a model that is one of several, told apart by a field that has a literal in each.
 *
 * @param discriminator The key of that field: its alias, where it has one. Data may have it by the name of the field as well.
 * @throws {TypeError} When the models cannot be told apart by it.
 */
export function defineUnion<Models extends readonly [BaseModel, ...BaseModel[]]>(
  name: string,
  discriminator: string,
  models: Models,
  options: UnionOptions = {},
): BaseModel<StandardSchemaV1.InferInput<Models[number]>, StandardSchemaV1.InferOutput<Models[number]>> {
  expectName('defineUnion', name)
  expectModelOptions('defineUnion', options, ['description', 'coercion'])
  if (typeof discriminator !== 'string' || discriminator === '') {
    throw new TypeError(`defineUnion: "discriminator" must be the key of a field, got ${describeValue(discriminator)}.`)
  }
  if (!Array.isArray(models) || models.length === 0) {
    throw new TypeError(`defineUnion: "models" must be a list of models, got ${describeValue(models)}.`)
  }
  const literals = expectDistinct(discriminator, models)
  const { description, coercion = 'none' } = options
  const schemas = models.map((model) => model.schema)
  const names = namesFor(discriminator, schemas)
  const union = z.discriminatedUnion(discriminator, schemas as never)
  const needsPreparing = names.length > 0 || coercion === 'safe'
  const whole = needsPreparing ? discriminableAs(z.preprocess(prepare, union), union) : union
  const schema = whole.meta({ title: name, ...(description === undefined ? {} : { description }) })
  return Object.freeze(createModel({ name, description, schema })) as never

  /** Brings the literal under the discriminator's key, in its own type. */
  function prepare(value: unknown): unknown {
    if (!isPlain(value) || Array.isArray(value)) return value
    const members = value as Members
    const used = Object.hasOwn(members, discriminator)
      ? discriminator
      : names.find((each) => Object.hasOwn(members, each) && literals.has(meant(members[each])))
    if (used === undefined) return value
    const literal = meant(members[used])
    if (used === discriminator && literal === members[used]) return value
    const { [used]: _, ...others } = members
    return { ...others, [discriminator]: literal }
  }

  function meant(given: unknown): unknown {
    return coercion === 'safe' ? coerceScalar({ type: 'literal', values: [...literals.keys()] }, given) : given
  }
}

/** The literals, each with the name of its model. */
function expectDistinct(discriminator: string, models: readonly BaseModel[]): ReadonlyMap<unknown, string> {
  const owners = new Map<unknown, string>()
  for (const model of models) {
    const literals = model?.schema === undefined ? undefined : internalsOf(model.schema).propValues?.[discriminator]
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
  return owners
}
