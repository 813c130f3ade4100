import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeValue } from '@empire/errors'
import type { ConfigSource, LoadedValues } from './config-source.ts'
import { createYamlLocator } from './create-yaml-locator.ts'
import { expectKind } from './expect-kind.ts'
import { extensions, formatOf } from './file-format.ts'
import { importsOf, importValues } from './import-values.ts'
import { isPlainObject } from './is-plain-object.ts'
import { findJsonPlaces } from './json-places.ts'
import { createLineFinder, lineAndColumn } from './line-and-column.ts'
import { parseJson } from './parse-json.ts'
import { parseYaml } from './parse-yaml.ts'
import type { Path } from './path.ts'
import { readTextFile } from './read-text-file.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'
import { type FileWatch, watchFiles } from './watch-files.ts'

/** How a file is looked for. */
export interface FileSourceOptions {
  /** Whether the file may be missing. Default: `false`. */
  optional?: boolean | undefined
}

/**
 * A file of JSON, YAML, or a TypeScript or JavaScript module that exports its settings as default.
 *
 * Without an extension, `shop.config` is the one file `shop.config.json`, `.yaml`, `.yml`, `.ts`, `.mts`, `.js` or
 * `.mjs` that exists. Relative paths start from the working directory. A member `$schema` at the root is left out. It
 * is read up to 16 MiB.
 *
 * A module runs again when its text or that of a file that it imports has changed, packages excepted. Node frees no module
 * that it has run.
 */
export function fileSource(path: string | URL, options: FileSourceOptions = {}): ConfigSource {
  const file = resolve(pathOf(path))
  expectKind('options', options, 'object')
  const { optional = false } = options
  expectKind('optional', optional, 'boolean')
  const name = path instanceof URL ? basename(file) : path
  const candidates = formatOf(file) === undefined ? extensions.map((extension) => file + extension) : [file]
  const watches = new Set<FileWatch>()
  return Object.freeze({
    name,
    async load({ signal }) {
      const found = await readCandidates(candidates, name, signal)
      try {
        if (found !== undefined) return await parse(found, name + found.path.slice(file.length), signal)
      } finally {
        for (const watch of watches) watch.renew()
      }
      if (optional) return { values: {} }
      const place = candidates.length === 1 ? 'a file there' : `one of the files ${name}{${extensions.join(',')}} there`
      throw new UnreadableSourceError(place, 'no such file')
    },
    watch(onChange, onError) {
      const watch = watchFiles(() => [...candidates, ...candidates.flatMap(importsOf)], onChange, onError)
      watches.add(watch)
      return () => {
        watches.delete(watch)
        watch.close()
      }
    },
  } satisfies ConfigSource)
}

function pathOf(path: string | URL): string {
  const isPath = typeof path === 'string' && path !== '' && !path.includes('\0')
  if (isPath) return path
  if (path instanceof URL && path.protocol === 'file:') return fileURLToPath(path)
  const received = path instanceof URL ? `a URL of ${path.protocol}` : describeValue(path)
  throw new TypeError(`path must be the path or file URL of a file, got ${received}.`)
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
  const contents = await Promise.all(paths.map((path) => readTextFile(path, signal)))
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

async function parse({ path, text }: FoundFile, name: string, signal: AbortSignal): Promise<LoadedValues> {
  const format = formatOf(path)
  if (format === 'module') {
    return { values: withoutSchema(await importValues(path, text, name, signal)), locate: () => name }
  }
  const { values, offsetOf } = format === 'json' ? readJson(text, name) : await readYaml(text, name)
  const placeOf = createLineFinder(text)
  return {
    values: withoutSchema(values),
    async locate(at) {
      const offset = await offsetOf(at)
      return offset === undefined ? name : `${name}:${placeOf(offset)}`
    },
  }
}

interface ParsedFile {
  readonly values: unknown
  offsetOf(path: Path): number | undefined | Promise<number | undefined>
}

function readJson(text: string, name: string): ParsedFile {
  const values = parseJson(text, name)
  const { duplicate, offsetOf } = findJsonPlaces(text)
  if (duplicate === undefined) return { values, offsetOf }
  const { path, offset } = duplicate
  const place = `${name}:${lineAndColumn(text, offset)}`
  throw new UnreadableSourceError('each key once', 'it again', { place, path })
}

async function readYaml(text: string, name: string): Promise<ParsedFile> {
  return { values: (await parseYaml(text, name)) ?? {}, offsetOf: createYamlLocator(text) }
}

/** `$schema` tells editors how to complete the file. */
function withoutSchema(values: unknown): unknown {
  if (!isPlainObject(values)) return values
  const { $schema: _, ...settings } = values
  return settings
}
