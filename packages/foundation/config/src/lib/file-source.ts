import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeValue } from '@empire/errors'
import type { ConfigSource, LoadedValues } from './config-source.ts'
import { createYamlLocator } from './create-yaml-locator.ts'
import { extensions, formatOf } from './file-format.ts'
import { importValues } from './import-values.ts'
import { isPlainObject } from './is-plain-object.ts'
import { parseJson } from './parse-json.ts'
import { parseYaml } from './parse-yaml.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'
import { watchFiles } from './watch-files.ts'

/** How a file is read. */
/** How a file is looked for. */
export interface FileSourceOptions {
  /** Whether the file may be missing. Default: `false`. */
  optional?: boolean | undefined
}

/**
 * A file of JSON, YAML, or a TypeScript or JavaScript module that exports its settings as default.
 *
 * Without an extension, `shop.config` is the one file `shop.config.json`, `.yaml`, `.yml`, `.ts`, `.mts`, `.js` or
 * `.mjs` that exists. Relative paths start from the working directory. A member `$schema` at the root is left out. A
 * module runs again when its own text changes, not when what it imports does.
 */
export function fileSource(path: string | URL, { optional = false }: FileSourceOptions = {}): ConfigSource {
  if (!(path instanceof URL) && (typeof path !== 'string' || path === '' || path.includes('\0'))) {
    throw new TypeError(`path must be the path or file URL of a file, got ${describeValue(path)}.`)
  }
  const file = resolve(path instanceof URL ? fileURLToPath(path) : path)
  const name = path instanceof URL ? basename(file) : path
  const candidates = formatOf(file) === undefined ? extensions.map((extension) => file + extension) : [file]
  return Object.freeze({
    name,
    async load({ signal }) {
      const found = await readCandidates(candidates, name, signal)
      if (found !== undefined) return await parse(found.path, found.text, name + found.path.slice(file.length))
      if (optional) return { values: {} }
      const place = candidates.length === 1 ? 'a file there' : `one of the files ${name}{${extensions.join(',')}} there`
      throw new UnreadableSourceError(place, 'no such file')
    },
    watch: (onChange, onError) => watchFiles(candidates, onChange, onError),
  } satisfies ConfigSource)
}

interface FoundFile {
  readonly path: string
  readonly text: string
}

async function readCandidates(
  paths: readonly string[],
  name: string,
  signal: AbortSignal,
): Promise<FoundFile | undefined> {
  const contents = await Promise.all(paths.map((path) => readIfThere(path, signal)))
  const found = paths.flatMap((path, index) => {
    const text = contents[index]
    return text === undefined ? [] : [{ path, text }]
  })
  if (found.length > 1) {
    const names = found.map(({ path }) => basename(path)).join(' and ')
    throw new UnreadableSourceError(`one file ${name}`, names)
  }
  return found[0]
}

async function readIfThere(path: string, signal: AbortSignal): Promise<string | undefined> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path, { signal })
  } catch (error) {
    signal.throwIfAborted()
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown fault'
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new UnreadableSourceError('a file that can be read', code)
  }
  try {
    // It also removes a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableSourceError('text in UTF-8', 'other bytes')
  }
}

async function parse(path: string, text: string, name: string): Promise<LoadedValues> {
  const format = formatOf(path)
  if (format === 'module') return { values: withoutSchema(await importValues(path, text, name)), locate: () => name }
  const values = format === 'json' ? parseJson(text, name) : ((await parseYaml(text, name)) ?? {})
  // JSON is YAML, or close enough for places.
  const placeOf = createYamlLocator(text)
  return {
    values: withoutSchema(values),
    async locate(at) {
      const place = await placeOf(at)
      return place === undefined ? name : `${name}:${place}`
    },
  }
}

/** `$schema` tells editors how to complete the file. */
function withoutSchema(values: unknown): unknown {
  if (!isPlainObject(values)) return values
  const { $schema: _, ...settings } = values
  return settings
}
