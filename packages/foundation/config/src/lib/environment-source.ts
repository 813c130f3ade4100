import { describeValue, foldName } from '@empire/errors'
import type { ConfigSource, LoadContext, LoadedValues } from './config-source.ts'
import { convertText } from './convert-text.ts'
import { expectKind } from './expect-kind.ts'
import { isPlainObject } from './is-plain-object.ts'
import { createOutline, type Outline, outlineAlong } from './outline.ts'
import { formatPath, hasMember, type Path, valueAt } from './path.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'

/** Where the variables come from. */
export interface EnvironmentSourceOptions {
  /** Default: `process.env`, read at each load. */
  variables?: Readonly<Record<string, string | undefined>> | undefined
}

/**
 * Variables whose names begin with `prefix`; `__` goes one level down: `SHOP_DATABASE__POOL_SIZE` is
 * `database.poolSize`.
 *
 * Names are matched to keys whatever their case and joints. Texts become numbers, booleans and lists where the schema
 * asks for them, or where the value that they replace is one. Every variable with the prefix counts as a setting.
 */
export function environmentSource(prefix: string, options: EnvironmentSourceOptions = {}): ConfigSource {
  if (typeof prefix !== 'string' || prefix === '') {
    throw new TypeError(`prefix must be a string that is not empty, such as "SHOP_", got ${describeValue(prefix)}.`)
  }
  expectKind('options', options, 'object')
  const { variables } = options
  if (variables !== undefined) expectKind('variables', variables, 'object')
  return Object.freeze({
    name: `environment ${prefix}*`,
    load: (context) => readVariables(prefix, variables ?? process.env, context),
  } satisfies ConfigSource)
}

function readVariables(
  prefix: string,
  variables: Readonly<Record<string, unknown>>,
  { below, jsonSchema }: LoadContext,
): LoadedValues {
  const root = createOutline({ input: jsonSchema, output: {} }, [])
  const keysAt = createKeyIndex(below)
  const values: Record<string, unknown> = {}
  const names: VariableNames = { exact: new Map(), first: new Map() }
  // In order, so that SHOP_DATABASE, an object in JSON, comes before SHOP_DATABASE__HOST, which overrides a part of it.
  const own = Object.keys(variables).filter((name) => name.startsWith(prefix))
  for (const name of own.toSorted()) {
    const text = variables[name]
    if (text === undefined) continue
    const path = pathOf(name, prefix, root, keysAt)
    if (typeof text !== 'string') {
      throw new UnreadableSourceError('a text', describeValue(text), { place: name, path })
    }
    const other = names.exact.get(formatPath(path))
    if (other !== undefined) {
      throw new UnreadableSourceError(`one variable for ${formatPath(path)}`, `${other} and ${name}`, { path })
    }
    addName(names, path, name)
    place(values, path, convertText(text, outlineAlong(root, path), valueAt(below, path)))
  }
  return { values, locate: (path) => locate(names, path) }
}

function pathOf(
  name: string,
  prefix: string,
  root: Outline,
  keysAt: (path: Path, outline: Outline) => KnownKeys,
): Path {
  const path: string[] = []
  let outline = root
  for (const word of name.slice(prefix.length).split('__')) {
    if (word === '') {
      throw new UnreadableSourceError(`names such as ${prefix}SECTION__KEY`, `the variable ${name}`, { place: name })
    }
    const keys = keysAt(path, outline)
    const key = keys.get(word) ?? keys.get(foldName(word)) ?? camelCase(word)
    path.push(key)
    outline = outline.below(key)
  }
  return path
}

/** Keys by themselves and by their letters alone. */
type KnownKeys = ReadonlyMap<string, string>

/** The keys that the schema and the values name at a path: looked up once, however many variables lead there. */
function createKeyIndex(values: unknown): (path: Path, outline: Outline) => KnownKeys {
  const known = new Map<string, KnownKeys>()
  return (path, outline) => {
    const at = formatPath(path)
    const keys = known.get(at) ?? indexKeys([...outline.keys, ...keysOf(valueAt(values, path))])
    known.set(at, keys)
    return keys
  }
}

function indexKeys(keys: readonly string[]): KnownKeys {
  // Reversed, so that the first of two keys with the same letters is found, and each key by itself before all.
  const folded = keys.toReversed().map((key) => [foldName(key), key] as const)
  return new Map([...folded, ...keys.map((key) => [key, key] as const)])
}

function keysOf(value: unknown): string[] {
  return isPlainObject(value) ? Object.keys(value) : []
}

function camelCase(word: string): string {
  return word.toLowerCase().replaceAll(/(?<=.)_+([^_])/g, (_, letter: string) => letter.toUpperCase())
}

function place(values: Record<string, unknown>, path: Path, value: unknown): void {
  let target = values
  for (const key of path.slice(0, -1)) {
    const inner = hasMember(target, key) ? target[key] : undefined
    if (isPlainObject(inner)) target = inner
    else {
      const created: Record<string, unknown> = {}
      target[key] = created
      target = created
    }
  }
  target[path.at(-1) ?? ''] = value
}

/** The variables by the paths that they set. */
interface VariableNames {
  readonly exact: Map<string, string>
  /** The first one that sets something at a path or below. */
  readonly first: Map<string, string>
}

function addName({ exact, first }: VariableNames, path: Path, name: string): void {
  exact.set(formatPath(path), name)
  for (let length = path.length; length > 0; length--) {
    const inside = formatPath(path.slice(0, length))
    if (!first.has(inside)) first.set(inside, name)
  }
}

/** The variable that sets the value at `path`, or one that sets the whole or a part of it. */
function locate({ exact, first }: VariableNames, path: Path): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const name = exact.get(formatPath(path.slice(0, length)))
    if (name !== undefined) return name
  }
  return first.get(formatPath(path))
}
