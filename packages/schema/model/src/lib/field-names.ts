import type { z } from 'zod'

/** The names of a model's fields by their keys in data, for those that have another name. */
export type FieldNames = ReadonlyMap<string, string>

const namesBySchema = new WeakMap<z.ZodType, FieldNames>()

/** Says by which names data may have the members of an object too. */
export function setFieldNames(schema: z.ZodType, names: FieldNames): void {
  if (names.size > 0) namesBySchema.set(schema, names)
}

export function fieldNamesOf(schema: z.ZodType): FieldNames | undefined {
  return namesBySchema.get(schema)
}
