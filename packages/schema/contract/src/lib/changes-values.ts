/** The parts of a zod schema's definition that are read here. */
type Definition = Readonly<Record<string, unknown>>

/** Kinds that give the value they got, or nothing. Those with schemas in them are as these are. */
const checking: ReadonlySet<unknown> = new Set(
  `any array bigint boolean custom date enum file intersection lazy literal map nan never nonoptional null nullable number
  object optional readonly record set string symbol template_literal tuple undefined union unknown void`.split(/\s+/),
)

/**
 * Whether values may come out of a schema as others than went in: by a default, a transform, coercion, trimming.
 *
 * Missing unknown keys do not count. What is no zod schema, or of a kind not known here, is held to change them.
 */
export function changesValues(schema: unknown): boolean {
  const pending = new Set<unknown>([schema])
  for (const part of pending) {
    const definition = definitionOf(part)
    if (definition === undefined || !checking.has(definition['type'])) return true
    if (definition['coerce'] === true || definition['normalize'] === true) return true
    if (list(definition['checks']).some((check) => changesByCheck(definitionOf(check)))) return true
    for (const inner of innerSchemas(definition)) pending.add(inner)
  }
  return false
}

function definitionOf(schema: unknown): Definition | undefined {
  // oxlint-disable-next-line no-underscore-dangle -- zod's name
  return (schema as { readonly _zod?: { readonly def?: Definition } } | null | undefined)?._zod?.def
}

function changesByCheck(check: Definition | undefined): boolean {
  if (check === undefined || check['check'] === 'overwrite' || check['normalize'] === true) return true
  // A refinement gets the value. A check of one's own gets what holds it, and may put another one there.
  return check['check'] === 'custom' && check['type'] !== 'custom'
}

function innerSchemas(definition: Definition): unknown[] {
  const { shape, options, items } = definition
  const named = ['element', 'rest', 'keyType', 'valueType', 'left', 'right', 'innerType', 'catchall']
  return [
    ...Object.values((shape ?? {}) as object),
    ...list(options),
    ...list(items),
    ...named.map((name) => definition[name]).filter((inner) => inner !== undefined && inner !== null),
    ...(typeof definition['getter'] === 'function' ? [(definition['getter'] as () => unknown)()] : []),
  ]
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
