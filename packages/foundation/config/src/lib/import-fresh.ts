import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** In the URL of a module that was imported here, and of what it imports. */
const mark = 'empire-config'

let imports = 0

/**
 * Runs a module, and the modules of files that it imports, packages excepted: Node keeps modules by their URL for ever, so
 * each run has URLs of its own.
 *
 * @param onImport Hears the path and text of each file that it imports, before Node reads it.
 */
export async function importFresh(path: string, onImport: (path: string, text: string) => void): Promise<object> {
  const url = pathToFileURL(path)
  const run = String(++imports)
  url.searchParams.set(mark, run)
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context)
      if (!belongsTo(run, context.parentURL) || !isOwnFile(resolved.url)) return resolved
      const imported = new URL(resolved.url)
      onImport(fileURLToPath(imported), readIfThere(imported))
      imported.searchParams.set(mark, run)
      return { ...resolved, url: imported.href }
    },
  })
  try {
    return (await import(url.href)) as object
  } finally {
    hooks.deregister()
  }
}

function belongsTo(run: string, parent: string | undefined): boolean {
  return parent !== undefined && URL.canParse(parent) && new URL(parent).searchParams.get(mark) === run
}

function isOwnFile(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/')
}

/** What cannot be read fails when Node loads it. */
function readIfThere(file: URL): string {
  try {
    return new TextDecoder().decode(readFileSync(file))
  } catch {
    return ''
  }
}
