import { closestName, describeValue } from '@empire/errors'
import type { ConfigProblem } from './config-problem.ts'
import type { ConfigSource } from './config-source.ts'
import { expectationIn } from './expectation-in.ts'
import { type UnknownKey, withoutUnknownKeys } from './find-unknown-keys.ts'
import { InvalidConfigError } from './invalid-config-error.ts'
import { describeFailure, loadValues, type MergedValues } from './load-values.ts'
import { type Outline, outlineAlong } from './outline.ts'
import { formatPath, type Path, valueAt } from './path.ts'
import { createSecretFilter, type SecretFilter } from './secret-filter.ts'
import type { SettingsIssue, SettingsSchema } from './settings-schema.ts'

export interface ReadSettings {
  /** What the sources hold. */
  readonly values: unknown
  readonly settings: unknown
  readonly secrets: SecretFilter
}

/**
 * Loads, merges and validates.
 *
 * @throws {InvalidConfigError} with all problems. Where a source cannot be read, those are left out that its values might
 * solve: what is missing, and what concerns several settings.
 */
export async function readSettings(
  sources: readonly ConfigSource[],
  schema: SettingsSchema,
  signal: AbortSignal,
  before: { readonly version: number; readonly secrets: SecretFilter } | undefined,
): Promise<ReadSettings> {
  const { outline } = schema
  const merged = await loadValues(sources, schema.jsonSchema, signal)
  const unknown: UnknownKey[] = []
  const values = withoutUnknownKeys(merged.values, outline, (key) => unknown.push(key))
  const verdict = await schema.validate(values as Readonly<Record<string, unknown>>)
  signal.throwIfAborted()
  if ('settings' in verdict && unknown.length === 0 && merged.problems.length === 0) {
    const { settings } = verdict
    return { values, settings, secrets: createSecretFilter(outline, [...merged.layers, settings]) }
  }

  // Also the secrets of the last snapshot: what cannot be read now may have been read then.
  const secrets = createSecretFilter(outline, merged.layers, before?.secrets.texts)
  const issues = 'issues' in verdict ? verdict.issues : []
  const certain = merged.problems.length === 0 ? issues : issues.filter((issue) => isCertain(issue, merged))
  const problems = await Promise.all([
    ...merged.problems,
    ...unknown.map((key) => unknownKeyProblem(key, merged)),
    ...certain.map((issue) => issueProblem(issue, merged, outline, secrets)),
  ])
  const cause = [{ thrown: merged.cause }, ...certain.map(({ failure }) => failure)].find(
    (failure) => failure?.thrown !== undefined,
  )
  throw new InvalidConfigError(
    problems.map((problem) => hideIn(problem, secrets)),
    before?.version,
    cause === undefined ? undefined : { cause: secrets.hideInError(cause.thrown) },
  )
}

/** Whether one setting, which a source has given, is wrong by itself. */
function isCertain(issue: SettingsIssue, merged: MergedValues): boolean {
  const value = valueAt(merged.values, pathOf(issue))
  return issue.failure === undefined && value !== undefined && typeof value !== 'object'
}

const mostNames = 10

async function unknownKeyProblem(
  { path, known, suggestion }: UnknownKey,
  merged: MergedValues,
): Promise<ConfigProblem> {
  const names = known.slice(0, mostNames).map((name) => JSON.stringify(name))
  if (known.length > mostNames) names.push(`${known.length - mostNames} more`)
  return {
    source: (await merged.locate(path)) ?? 'no source',
    path: formatPath(path),
    expected: known.length === 0 ? 'no key' : `one of the keys ${names.join(', ')}`,
    received: `the unknown key ${shorten(JSON.stringify(path.at(-1)))}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}

const longestKey = 80

function shorten(key: string): string {
  return key.length <= longestKey ? key : `${key.slice(0, longestKey)}… of ${key.length} characters`
}

async function issueProblem(
  issue: SettingsIssue,
  merged: MergedValues,
  outline: Outline,
  secrets: SecretFilter,
): Promise<ConfigProblem> {
  const path = pathOf(issue)
  const source = await merged.locate(path)
  const place = { source: source ?? 'no source', path: formatPath(path) }
  if (issue.failure !== undefined) {
    return { ...place, expected: 'what the schema can check', received: describeFailure(issue.failure.thrown) }
  }
  const isSecret = concernsSecret(path, outline)
  const value = valueAt(merged.values, path)
  return {
    ...place,
    expected: secrets.hideIn(expectationIn(issue.message), { everywhere: isSecret }),
    received: source === undefined ? 'nothing' : isSecret ? describeSecret(value) : describeShown(value, secrets),
  }
}

function pathOf(issue: SettingsIssue): Path {
  return (issue.path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment))
}

function describeSecret(value: unknown): string {
  return typeof value === 'object' ? describeValue(value) : `a ${typeof value} (a secret)`
}

/** Hidden before it is cut, so that not even the beginning of a secret is left. */
function describeShown(value: unknown, secrets: SecretFilter): string {
  return describeValue(typeof value === 'string' ? secrets.hideIn(value) : value)
}

function hideIn(problem: ConfigProblem, secrets: SecretFilter): ConfigProblem {
  const { source, path, expected, received } = problem
  const [hiddenSource, hiddenPath, hiddenExpected, hiddenReceived] = [source, path, expected, received].map((text) =>
    secrets.hideIn(text),
  )
  return Object.freeze({
    ...problem,
    source: hiddenSource,
    path: hiddenPath,
    expected: hiddenExpected,
    received: hiddenReceived,
  } as ConfigProblem)
}

/** A schema that finds unknown keys by itself reports `pasword`, and its value is as secret as that of `password`. */
function concernsSecret(path: Path, root: Outline): boolean {
  const key = path.at(-1)
  if (key === undefined) return root.holdsSecret
  const around = outlineAlong(root, path.slice(0, -1))
  const secrets = around.keys.filter((name) => around.below(name).holdsSecret)
  return around.below(key).holdsSecret || closestName(key, secrets) !== undefined
}
