import { nothing } from './partial-sink.ts'
import { setOwn } from './set-own.ts'

/** A copy of the first `count` entries and, unless it is `nothing`, the one that is open. */
export function copyEntries(
  values: readonly unknown[],
  keys: readonly string[] | undefined,
  count: number,
  key: string | undefined,
  open: unknown,
): unknown {
  if (keys === undefined) {
    const part = values.slice(0, count)
    if (open !== nothing) part.push(open)
    return part
  }
  const object = objectOf(keys, values, count)
  if (open !== nothing && key !== undefined) setOwn(object, key, open)
  return object
}

/** A plain object of the first `count` entries. */
function objectOf(keys: readonly string[], values: readonly unknown[], count: number): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (let index = 0; index < count; index++) setOwn(object, keys[index] as string, values[index])
  return object
}
