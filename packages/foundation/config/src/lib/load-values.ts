import { describeValue } from '@empire/errors'
import type { ConfigProblem } from './config-problem.ts'
import type { ConfigSource, LoadContext, LoadedValues } from './config-source.ts'
import { isPlainObject } from './is-plain-object.ts'
import type { JsonSchema } from './json-schema.ts'
import { copyValues, mergeValues } from './merge-values.ts'
import { formatPath, hasMember, type Path } from './path.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'

export interface MergedValues {
  readonly values: Readonly<Record<string, unknown>>
  /** What each source that could be read has. */
  readonly layers: readonly unknown[]
  /** Of the sources that could not be read. */
  readonly problems: readonly ConfigProblem[]
  /** What the first source that failed with an error of its own threw. */
  readonly cause: unknown
  /** Where the value at a path was set; `undefined` when no source has it. */
  locate(path: Path): Promise<string | undefined>
}

interface Layer {
  readonly source: ConfigSource
  readonly values: Readonly<Record<string, unknown>>
  readonly loaded: LoadedValues
}

/** Loads the sources in order, each with the values of those before it, and merges what they have. */
export async function loadValues(
  sources: readonly ConfigSource[],
  jsonSchema: JsonSchema,
  signal: AbortSignal,
): Promise<MergedValues> {
  const layers: Layer[] = []
  const problems: ConfigProblem[] = []
  let values: Readonly<Record<string, unknown>> = {}
  let cause: unknown
  for (const source of sources) {
    signal.throwIfAborted()
    try {
      const layer = await loadLayer(source, { signal, jsonSchema, below: values })
      layers.unshift(layer)
      values = mergeValues(values, layer.values) as typeof values
    } catch (error) {
      signal.throwIfAborted()
      problems.push(sourceProblem(source, error))
      if (!(error instanceof UnreadableSourceError)) cause ??= error
    }
  }
  return {
    values,
    layers: layers.map((layer) => layer.values),
    problems,
    cause,
    locate: (path) => locateIn(layers, path),
  }
}

async function loadLayer(source: ConfigSource, context: LoadContext): Promise<Layer> {
  const loaded: unknown = await source.load(context)
  if (!isLoaded(loaded)) throw new UnreadableSourceError('an object with values', describeKind(loaded))
  const values = copyValues(loaded.values)
  if (isPlainObject(values)) return { source, values, loaded }
  throw new UnreadableSourceError('an object of settings', describeKind(values))
}

function isLoaded(loaded: unknown): loaded is LoadedValues {
  return typeof loaded === 'object' && loaded !== null && 'values' in loaded
}

/** What came, without its text: a file that holds one string may hold a secret. */
function describeKind(value: unknown): string {
  return typeof value === 'object' || value === undefined ? describeValue(value) : `a ${typeof value}`
}

function sourceProblem({ name }: ConfigSource, error: unknown): ConfigProblem {
  if (error instanceof UnreadableSourceError) {
    const { path, place = name, expected, received } = error
    return Object.freeze({ source: place, path: formatPath(path), expected, received })
  }
  return Object.freeze({ source: name, path: '', expected: 'values', received: describeFailure(error) })
}

/** What was thrown, in a few words. */
export function describeFailure(error: unknown): string {
  return `an error (${error instanceof Error ? `${error.name}: ${error.message}` : describeValue(error)})`
}

async function locateIn(layers: readonly Layer[], path: Path): Promise<string | undefined> {
  if (path.length === 0) return 'all sources'
  for (const { source, values, loaded } of layers) {
    if (decides(values, path)) return (await placeIn(loaded, path)) ?? source.name
  }
  return undefined
}

/** A source that cannot tell the place has values all the same. */
async function placeIn(loaded: LoadedValues, path: Path): Promise<string | undefined> {
  try {
    return await loaded.locate?.(path)
  } catch {
    return undefined
  }
}

/** Whether a source has a value at the path, or one that stands in the way of the values below it. */
function decides(values: unknown, path: Path): boolean {
  let value = values
  for (const key of path) {
    if (!hasMember(value, key)) return !isPlainObject(value)
    value = value[key]
  }
  return true
}
