import type { StandardSchemaV1 } from '@standard-schema/spec'
import { z } from 'zod'
import { coerceValue } from './coerce-value.ts'
import { createModel } from './create-model.ts'
import { expectName } from './define-model.ts'
import { addFinding, problemsIn } from './finding.ts'
import { freezePlain } from './freeze-plain.ts'
import type { BaseModel } from './model.ts'
import { type Coercion, expectModelOptions, type ModelOptions } from './model-options.ts'
import { givingOut } from './schema-seen-as.ts'
import { toZod } from './to-zod.ts'
import { partWriter, setWriter } from './writer.ts'

/** What a model without fields has beside its schema. */
export type RootModelOptions<Value = never> = Pick<ModelOptions<Value>, 'description' | 'coercion' | 'checks'>

/**
 * Makes a model of one value: a list, a scalar, a union.
 *
 * @throws {TypeError} When the schema or an option is not what it has to be.
 */
export function defineRootModel<Schema extends StandardSchemaV1>(
  name: string,
  schema: Schema,
  options: RootModelOptions<StandardSchemaV1.InferOutput<Schema>> = {},
): BaseModel<StandardSchemaV1.InferInput<Schema>, StandardSchemaV1.InferOutput<Schema>> {
  expectName('defineRootModel', name)
  expectModelOptions('defineRootModel', options, ['description', 'coercion', 'checks'])
  const { description, coercion, checks = [] } = options
  const base = toZod(schema, 'defineRootModel: "schema"')
  const checked = checks.length === 0 ? base : base.superRefine(judge)
  const whole = frozen(checked, coercion)
  const described = whole.meta({ title: name, ...(description === undefined ? {} : { description }) })
  return Object.freeze(createModel({ name, description, schema: described })) as never

  function judge(value: unknown, context: z.core.$RefinementCtx): void {
    for (const check of checks) {
      for (const found of problemsIn(check(value as never), `a valid ${name}`)) addFinding(context, found)
    }
  }
}

/** The functions of a model for a bare type: `adaptType(z.array(User.schema)).parse(data)`. */
export function adaptType<Schema extends StandardSchemaV1>(
  schema: Schema,
  options: Pick<RootModelOptions, 'coercion'> = {},
): BaseModel<StandardSchemaV1.InferInput<Schema>, StandardSchemaV1.InferOutput<Schema>> {
  expectModelOptions('adaptType', options, ['coercion'])
  const base = toZod(schema, 'adaptType: "schema"')
  const schemaOfModel = frozen(base, options.coercion)
  return Object.freeze(createModel({ name: 'value', description: undefined, schema: schemaOfModel })) as never
}

/** What gives out the values of a schema frozen, and looks like it. */
function frozen(schema: z.ZodType, coercion: Coercion = 'none'): z.ZodType {
  const made = givingOut(schema.transform(freezePlain), () => schema)
  const whole = coercion === 'safe' ? z.preprocess((value) => coerceValue(schema, value), made) : made
  for (const part of [made, whole]) setWriter(part, partWriter(schema))
  return whole
}
