import * as fc from 'fast-check'
import type * as z from 'zod'
import { checksOf, sizeOf } from './checks-of.ts'
import { NoExampleError } from './no-example-error.ts'
import { bigintArbitrary, dateArbitrary, numberArbitrary } from './number-arbitrary.ts'
import { stringArbitrary } from './string-arbitrary.ts'

/** Values of a schema that is made of no others; `undefined` if it is. */
export function scalarArbitrary(schema: z.core.$ZodTypes, path: readonly string[]): fc.Arbitrary<unknown> | undefined {
  const { def } = schema._zod
  switch (def.type) {
    case 'string':
      return orFail(stringArbitrary(schema as z.core.$ZodString), path, 'its pattern cannot be read backwards')
    case 'template_literal':
      return orFail(stringArbitrary(schema as z.core.$ZodTemplateLiteral), path, 'its pattern cannot be read backwards')
    case 'number':
      return orFail(numberArbitrary(schema), path, 'no number is within its bounds')
    case 'bigint':
      return orFail(bigintArbitrary(schema), path, 'no integer is within its bounds')
    case 'date':
      return orFail(dateArbitrary(schema), path, 'no date is within its bounds')
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'undefined':
    case 'void':
      return fc.constant(undefined)
    case 'nan':
      return fc.constant(Number.NaN)
    case 'symbol':
      return fc.string().map((name) => Symbol(name))
    case 'any':
    case 'unknown':
    case 'transform':
      return fc.jsonValue()
    case 'literal':
    case 'enum':
      return fc.constantFrom<unknown[]>(...(schema._zod.values ?? []))
    case 'file':
      return fileArbitrary(schema)
    case 'never':
      throw new NoExampleError(path, 'it accepts nothing')
    default:
      return undefined
  }
}

function orFail<Value>(
  values: fc.Arbitrary<Value> | undefined,
  path: readonly string[],
  reason: string,
): fc.Arbitrary<Value> {
  if (values === undefined) throw new NoExampleError(path, reason)
  return values
}

function fileArbitrary(schema: z.core.$ZodType): fc.Arbitrary<File> {
  const { minimum, maximum = minimum + 100 } = sizeOf(schema)
  const mime = checksOf(schema).find(({ check }) => check === 'mime_type')?.mime ?? ['text/plain']
  const bytes = fc.uint8Array({ minLength: minimum, maxLength: Math.max(minimum, maximum) })
  return fc
    .tuple(bytes, fc.constantFrom(...mime))
    .map(([content, type]) => new File([new Uint8Array(content)], 'file', { type }))
}
