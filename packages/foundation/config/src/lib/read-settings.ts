import { closestName, describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ConfigProblem } from './config-problem.ts'
import type { ConfigSource } from './config-source.ts'
import { expectationIn } from './expectation-in.ts'
import { type UnknownKey, withoutUnknownKeys } from './find-unknown-keys.ts'
import { InvalidConfigError } from './invalid-config-error.ts'
import { loadValues, type MergedValues } from './load-values.ts'
import { type Outline, outlineAlong } from './outline.ts'
import { formatPath, type Path, valueAt } from './path.ts'
import { createSecretFilter, type SecretFilter } from './secret-filter.ts'
import type { SettingsSchema } from './settings-schema.ts'

export interface ReadSettings {
  readonly settings: unknown
  readonly secrets: SecretFilter
}

/** Loads, merges and validates. Throws an `InvalidConfigError` with all problems of one kind: reading, then contents. */
export async function readSettings(
  sources: readonly ConfigSource[],
  schema: SettingsSchema,
  signal: AbortSignal,
  keptVersion: number | undefined,
): Promise<ReadSettings> {
  const merged = await loadValues(sources, schema.jsonSchema, signal)
  const secrets = createSecretFilter(schema.outline, merged.values)
  if (merged.problems.length > 0) {
    const problems = merged.problems.map((problem) => ({ ...problem, received: secrets.hideIn(problem.received) }))
    throw new InvalidConfigError(
      problems,
      keptVersion,
      merged.cause === undefined ? undefined : { cause: merged.cause },
    )
  }
  const unknown: UnknownKey[] = []
  const values = withoutUnknownKeys(merged.values, schema.outline, (key) => unknown.push(key))
  const result = await schema.validate(values as Readonly<Record<string, unknown>>)
  signal.throwIfAborted()
  if (unknown.length === 0 && result.issues === undefined) return { settings: result.value, secrets }
  const problems = [
    ...(await Promise.all(unknown.map((key) => unknownKeyProblem(key, merged)))),
    ...(await Promise.all((result.issues ?? []).map((issue) => issueProblem(issue, merged, schema.outline, secrets)))),
  ]
  throw new InvalidConfigError(problems, keptVersion)
}

const mostNames = 10

async function unknownKeyProblem(
  { path, known, suggestion }: UnknownKey,
  merged: MergedValues,
): Promise<ConfigProblem> {
  const names = known.slice(0, mostNames).map((name) => JSON.stringify(name))
  if (known.length > mostNames) names.push(`${known.length - mostNames} more`)
  return Object.freeze({
    source: (await merged.locate(path)) ?? 'no source',
    path: formatPath(path),
    expected: known.length === 0 ? 'no key' : `one of the keys ${names.join(', ')}`,
    received: `the unknown key ${JSON.stringify(path.at(-1))}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  })
}

async function issueProblem(
  issue: StandardSchemaV1.Issue,
  merged: MergedValues,
  outline: Outline,
  secrets: SecretFilter,
): Promise<ConfigProblem> {
  const path = (issue.path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment))
  const source = await merged.locate(path)
  const isSecret = concernsSecret(path, outline)
  const value = valueAt(merged.values, path)
  return Object.freeze({
    source: source ?? 'no source',
    path: formatPath(path),
    expected: secrets.hideIn(expectationIn(issue.message), { everywhere: isSecret }),
    received: source === undefined ? 'nothing' : isSecret ? describeSecret(value) : describeValue(value),
  })
}

function describeSecret(value: unknown): string {
  return typeof value === 'object' ? describeValue(value) : `a ${typeof value} (a secret)`
}

/** A schema that finds unknown keys by itself reports `pasword`, and its value is as secret as that of `password`. */
function concernsSecret(path: Path, root: Outline): boolean {
  const key = path.at(-1)
  if (key === undefined) return root.holdsSecret
  const around = outlineAlong(root, path.slice(0, -1))
  const secrets = around.keys.filter((name) => around.below(name).holdsSecret)
  return around.below(key).holdsSecret || closestName(key, secrets) !== undefined
}
