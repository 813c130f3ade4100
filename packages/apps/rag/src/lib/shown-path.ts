import { isAbsolute, relative } from 'node:path'

/** A path for people: one below the current folder is shown from there. */
export function shownPath(path: string): string {
  const shown = isAbsolute(path) ? relative(process.cwd(), path) : path
  return shown === '' || isAbsolute(shown) || /^\.\.(?:[/\\]|$)/.test(shown) ? path : shown
}
