import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { definitionName } from './definition-name.ts'

/** True where no value fits two of the branches: then `oneOf` and `anyOf` say the same. False also means "not known". */
export function areDisjoint(
  branches: readonly JsonSchema[],
  definition: (name: string) => JsonSchema | undefined,
): boolean {
  const resolved = resolvedBranches(branches, definition)
  if (resolved === undefined) return false
  return (haveDistinct(resolved, typesOf) && !mixesIntegers(resolved)) || areDiscriminated(branches, definition)
}

/** True where every branch requires one property, with values of its own: so it stays, whatever else a branch may gain or lose. */
export function areDiscriminated(
  branches: readonly JsonSchema[],
  definition: (name: string) => JsonSchema | undefined,
): boolean {
  const resolved = resolvedBranches(branches, definition)
  const [first, ...others] = resolved ?? []
  if (resolved === undefined || first === undefined) return false
  if (others.length === 0) return true
  return Object.keys(propertiesOf(first)).some((name) => haveDistinct(resolved, (branch) => valuesOf(branch, name)))
}

function resolvedBranches(
  branches: readonly JsonSchema[],
  definition: (name: string) => JsonSchema | undefined,
): readonly JsonSchemaObject[] | undefined {
  const resolved = branches.map((branch) => {
    const name = isSchemaObject(branch) ? definitionName(branch) : undefined
    return (name === undefined ? branch : definition(name)) ?? branch
  })
  return resolved.every((branch) => isSchemaObject(branch)) ? resolved : undefined
}

function haveDistinct(
  branches: readonly JsonSchemaObject[],
  read: (branch: JsonSchemaObject) => readonly string[] | undefined,
): boolean {
  const seen = new Set<string>()
  for (const branch of branches) {
    const values = read(branch)
    if (values === undefined || values.some((value) => seen.has(value))) return false
    for (const value of values) seen.add(value)
  }
  return true
}

function typesOf(branch: JsonSchemaObject): readonly string[] | undefined {
  const { type } = branch
  return type === undefined ? undefined : ([type].flat() as string[])
}

function mixesIntegers(branches: readonly JsonSchemaObject[]): boolean {
  const types = new Set(branches.flatMap((branch) => typesOf(branch) ?? []))
  return types.has('integer') && types.has('number')
}

function valuesOf(branch: JsonSchemaObject, name: string): readonly string[] | undefined {
  const properties = propertiesOf(branch)
  const required = (branch['required'] ?? []) as readonly string[]
  if (branch['type'] !== 'object' || !required.includes(name) || !Object.hasOwn(properties, name)) return undefined
  const property = properties[name]
  if (!isSchemaObject(property)) return undefined
  if ('const' in property) return [JSON.stringify(property['const'])]
  return Array.isArray(property['enum']) ? property['enum'].map((value) => JSON.stringify(value)) : undefined
}

function propertiesOf(branch: JsonSchemaObject): Readonly<Record<string, JsonSchema>> {
  return isSchemaObject(branch['properties']) ? (branch['properties'] as Record<string, JsonSchema>) : {}
}
