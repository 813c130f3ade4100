type Fields = Readonly<Record<string, unknown>>

/** As deep as the body of a request goes before it comes to what users write. */
const deepest = 4

/**
 * The fields of a body with those of the caller, which win: objects are joined, anything else takes the place. Only
 * `tools` are added, since they are a list of kinds: `{ googleSearch: {} }` besides functions.
 */
export function mergeFields(body: Fields, own: Fields): Fields {
  const { tools, ...others } = own
  const merged = join(body, others, deepest)
  if (tools === undefined) return merged
  const { tools: written } = body
  return { ...merged, tools: Array.isArray(written) && Array.isArray(tools) ? [...written, ...tools] : tools }
}

function join(body: Fields, own: Fields, levels: number): Fields {
  const entries = Object.entries(own).map(([name, value]): [string, unknown] => {
    const written = Object.hasOwn(body, name) ? body[name] : undefined
    return [name, levels > 1 && isFields(written) && isFields(value) ? join(written, value, levels - 1) : value]
  })
  return Object.fromEntries([...Object.entries(body), ...entries])
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
