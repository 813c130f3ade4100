/** The keys from the root of the settings to one of them. */
export type Path = readonly string[]

const step = /(?:^|(?!^)\.)([^.[\]"]+)|\[(?:(\d+)|("(?:[^"\\]|\\.)*"))\]/y
const plainKey = /^[\p{L}\p{N}_$*-]+$/u
const arrayIndex = /^(?:0|[1-9]\d*)$/

/** Reads `database.pool.size`, `servers[0].host` or `models["gpt-4.1"].price`; `''` is the root. */
export function parsePath(text: string): Path {
  const path: string[] = []
  step.lastIndex = 0
  while (step.lastIndex < text.length) {
    const match = step.exec(text)
    if (match === null) throw new TypeError(malformed(text))
    const [, key, index, quoted] = match
    path.push(key ?? index ?? readQuoted(quoted ?? '', text))
  }
  return path
}

/** The text that `parsePath` reads as `path`. */
export function formatPath(path: Path): string {
  let text = ''
  for (const key of path) {
    if (arrayIndex.test(key)) text += `[${key}]`
    else if (plainKey.test(key)) text += text === '' ? key : `.${key}`
    else text += `[${JSON.stringify(key)}]`
  }
  return text
}

/** The value that `path` leads to through own members of objects and elements of arrays. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root
  for (const key of path) {
    if (!hasMember(value, key)) return undefined
    value = value[key]
  }
  return value
}

/** Whether `key` is an own member of an object, or an element of an array. */
export function hasMember(value: unknown, key: string): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false
  return !Array.isArray(value) || arrayIndex.test(key)
}

function readQuoted(quoted: string, text: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch (cause) {
    throw new TypeError(malformed(text), { cause })
  }
}

function malformed(text: string): string {
  return `path must be written like 'database.pool.size' or 'models["gpt-4.1"].price', got ${JSON.stringify(text)}.`
}
