/** How a keyword holds its subschemas: one, a list, or one under each name. */
export type SubschemaShape = 'schema' | 'list' | 'map'

const shapes: ReadonlyMap<string, SubschemaShape> = new Map([
  ['additionalProperties', 'schema'],
  ['contains', 'schema'],
  ['contentSchema', 'schema'],
  ['else', 'schema'],
  ['if', 'schema'],
  ['items', 'schema'],
  ['not', 'schema'],
  ['propertyNames', 'schema'],
  ['then', 'schema'],
  ['unevaluatedItems', 'schema'],
  ['unevaluatedProperties', 'schema'],
  ['allOf', 'list'],
  ['anyOf', 'list'],
  ['oneOf', 'list'],
  ['prefixItems', 'list'],
  ['$defs', 'map'],
  ['dependentSchemas', 'map'],
  ['patternProperties', 'map'],
  ['properties', 'map'],
])

/** What a keyword of draft 2020-12 holds, `undefined` for one without subschemas. */
export function subschemaShape(keyword: string): SubschemaShape | undefined {
  return shapes.get(keyword)
}

/** The step that a value takes from the subject of a keyword to that of its subschema: a name, an index, or `'*'` for any. */
export function stepInto(keyword: string, key: string | number | undefined): readonly (string | number)[] {
  switch (keyword) {
    case 'properties':
    case 'prefixItems':
      return key === undefined ? [] : [key]
    case 'additionalProperties':
    case 'patternProperties':
    case 'propertyNames':
    case 'unevaluatedProperties':
    case 'items':
    case 'contains':
    case 'unevaluatedItems':
      return ['*']
    default:
      return []
  }
}
