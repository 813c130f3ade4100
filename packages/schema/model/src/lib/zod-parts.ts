import type { z } from 'zod'

/** The definition of a zod schema, as far as it is read here. */
export interface ZodDefinition {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly items?: readonly z.ZodType[]
  readonly rest?: z.ZodType | null
  readonly options?: readonly z.ZodType[]
  readonly discriminator?: string
  readonly keyType?: z.ZodType
  readonly valueType?: z.ZodType
  readonly innerType?: z.ZodType
  readonly left?: z.ZodType
  readonly right?: z.ZodType
  readonly in?: z.ZodType
  readonly out?: z.ZodType
  readonly values?: readonly unknown[]
  readonly catchall?: z.ZodType
  readonly checks?: readonly z.core.$ZodCheck[]
  readonly getter?: () => z.ZodType
}

export function definitionOf(schema: z.ZodType): ZodDefinition {
  return internalsOf(schema).def as unknown as ZodDefinition
}

export function internalsOf<Part extends z.core.$ZodType | z.core.$ZodCheck>(schema: Part): Part['_zod'] {
  // oxlint-disable-next-line no-underscore-dangle -- zod's name
  return schema._zod
}

/** A schema without the wrappers that only say what may be missing. */
export function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema
  for (;;) {
    const { innerType, getter } = definitionOf(inner)
    const next = innerType ?? getter?.()
    if (next === undefined) return inner
    inner = next
  }
}
