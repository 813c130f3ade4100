import { fileURLToPath } from 'node:url'
import { importFresh } from './import-fresh.ts'
import { readTextFile } from './read-text-file.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'

/** The last run of a module. */
interface Run {
  /** The text of each file that it has imported, by path. */
  readonly imported: Map<string, string>
  /** Its own text, and what it exported; `undefined` when it failed. */
  done: { readonly text: string; readonly exported: object } | undefined
}

const runs = new Map<string, Run>()

/** The files that a module has imported when it last ran. */
export function importsOf(path: string): readonly string[] {
  return [...(runs.get(path)?.imported.keys() ?? [])]
}

/**
 * The default export of a TypeScript or JavaScript module. It runs again when its text or that of a file that it imports
 * has changed, or when it has failed.
 */
export async function importValues(path: string, text: string, name: string, signal: AbortSignal): Promise<unknown> {
  const exported = (await unchangedExports(path, text, signal)) ?? (await runModule(path, text, name))
  if ('default' in exported) return exported.default
  throw new UnreadableSourceError('a module that exports its settings as default', 'one without a default export', {
    place: name,
  })
}

async function unchangedExports(path: string, text: string, signal: AbortSignal): Promise<object | undefined> {
  const run = runs.get(path)
  if (run?.done?.text !== text) return undefined
  for (const [file, before] of run.imported) {
    if ((await readTextFile(file, signal).catch(() => undefined)) !== before) return undefined
  }
  return run.done.exported
}

async function runModule(path: string, text: string, name: string): Promise<object> {
  const run: Run = { imported: new Map(), done: undefined }
  runs.set(path, run)
  try {
    const exported = await importFresh(path, (file, imported) => run.imported.set(file, imported))
    run.done = { text, exported }
    return exported
  } catch (error) {
    throw quotesText(error) ? withoutQuotes(error, path, name) : error
  }
}

/** `key: hunter2`, without its quotes, is a reference error, whose message is `hunter2 is not defined`. */
function quotesText(error: unknown): error is Error {
  return error instanceof SyntaxError || error instanceof ReferenceError
}

function withoutQuotes(error: Error, path: string, name: string): UnreadableSourceError {
  const received = error instanceof SyntaxError ? 'a syntax error' : 'a name that is not defined'
  const { file, line } = placeIn(error.stack ?? '')
  // It may be in a file that the module imports.
  const place = line === undefined ? name : `${file === path ? name : file}:${line}`
  return new UnreadableSourceError('a module that Node can run', received, { place })
}

/** The line above the quoted text, or else the first of the calls. */
function placeIn(stack: string): { file?: string; line?: string } {
  const heading = /^((?:file:\/\/)?\/[^\n?]*)(?:\?[^\n:]*)?:(\d+)$/m
  const call = /(file:\/\/[^\s?]+)(?:\?[^\s:]*)?:(\d+):\d+/
  const [, file, line] = heading.exec(stack) ?? call.exec(stack) ?? []
  if (file === undefined || line === undefined) return {}
  return { file: file.startsWith('file:') ? fileURLToPath(file) : file, line }
}
