import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expectSchema } from './expect-schema.ts'

const brand = Symbol.for('empire.contract.each')

/** The items of an iterable or async iterable; made by `each`. */
export interface Each<Item extends StandardSchemaV1 = StandardSchemaV1> {
  readonly item: Item
}

/**
 * Describes an iterable or async iterable by its items. Each item is checked when it is asked for, not before.
 *
 * @throws {TypeError} When `item` is no Standard Schema.
 */
export function each<Item extends StandardSchemaV1>(item: Item): Each<Item> {
  expectSchema(item, 'each: "item"')
  return Object.freeze({ item, [brand]: true })
}

/** Whether a value was made by `each`, of any installed copy of this package. */
export function isEach(value: unknown): value is Each {
  return typeof value === 'object' && value !== null && brand in value
}
