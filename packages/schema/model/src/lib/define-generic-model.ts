import { describeValue } from '@empire/errors'
import type { BaseModel } from './model.ts'

/** What was made for the parts so far, a part at a time. */
interface Shelf {
  readonly next: WeakMap<object, Shelf>
  model?: BaseModel
}

/**
 * Makes a family of models, one for each combination of the schemas or models that they are made of.
 *
 * The same parts give the same model again. The type is that of `make`, with its type parameters.
 *
 * @typeParam Make What makes one of them.
 */
export function defineGenericModel<Make extends (...parts: never[]) => BaseModel>(make: Make): Make {
  if (typeof make !== 'function') {
    throw new TypeError(`defineGenericModel: "make" must be a function, got ${describeValue(make)}.`)
  }
  const shelf: Shelf = { next: new WeakMap() }
  const made = (...parts: readonly object[]): BaseModel => {
    let place = shelf
    for (const part of parts) {
      if (typeof part !== 'object' || part === null) {
        throw new TypeError(`defineGenericModel: the parts must be schemas or models, got ${describeValue(part)}.`)
      }
      let next = place.next.get(part)
      if (next === undefined) place.next.set(part, (next = { next: new WeakMap() }))
      place = next
    }
    return (place.model ??= make(...(parts as never[])))
  }
  return made as unknown as Make
}
