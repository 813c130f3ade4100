import type { Alternative, ObjectAlternative } from './alternative.ts'
import { propertyOf } from './alternative.ts'

/** True if no value fits two of the members, as far as that shows in their kinds and in one property that names them. */
export function areExclusive(members: readonly (readonly Alternative[])[]): boolean {
  if (
    members.some((alternatives) => alternatives.some(({ steps }) => steps.some(({ effect }) => effect !== 'wider')))
  ) {
    return false
  }
  const owners = new Map<string, Set<number>>()
  const objects: OwnedObject[] = []
  const claim = (key: string, owner: number): void => {
    owners.set(key, (owners.get(key) ?? new Set<number>()).add(owner))
  }
  for (const [owner, alternatives] of members.entries()) {
    for (const each of alternatives) {
      if (each.kind === 'object') objects.push({ owner, object: each })
      else if (each.kind === 'scalars') for (const value of each.values.values()) claim(JSON.stringify(value), owner)
      else claim(each.kind, owner)
    }
  }
  for (const [key, claiming] of owners) {
    const kind = key === 'array' || key === 'string' || key === 'number' ? key : typeof (JSON.parse(key) as unknown)
    if (claiming.size > 1 || [...(owners.get(kind) ?? [])].some((owner) => !claiming.has(owner))) return false
  }
  if (new Set(objects.map(({ owner }) => owner)).size < 2) return true
  const [first] = objects as [OwnedObject]
  return [...first.object.required].some((name) => isTag(name, objects))
}

interface OwnedObject {
  readonly owner: number
  readonly object: ObjectAlternative
}

/** Whether every object must have the property, with values that are constants of its own. */
function isTag(name: string, objects: readonly OwnedObject[]): boolean {
  const owners = new Map<unknown, number>()
  for (const { owner, object } of objects) {
    const values = object.required.has(name) ? constantsOf(object, name) : undefined
    if (values === undefined) return false
    for (const value of values) {
      const known = owners.get(value)
      if (known !== undefined && known !== owner) return false
      owners.set(value, owner)
    }
  }
  return true
}

function constantsOf(object: ObjectAlternative, name: string): readonly unknown[] | undefined {
  for (const { schema, document } of propertyOf(object, name)) {
    if (typeof schema === 'boolean' || (document.noted && '~notes' in schema)) continue
    if ('const' in schema && isScalar(schema['const'])) return [schema['const']]
    if (Array.isArray(schema['enum']) && schema['enum'].every(isScalar)) return schema['enum'] as unknown[]
  }
  return undefined
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}
