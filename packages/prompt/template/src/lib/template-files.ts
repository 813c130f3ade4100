import { readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { describeValue } from '@empire/errors'
import { TemplateError } from './template-error.ts'

/** Options of `createTemplateFiles`. */
export interface TemplateFilesOptions {
  /** The folder that holds the templates, absolute or from the working directory. Nothing outside it is read. */
  root: string
}

/** The templates of one folder. */
export interface TemplateFiles {
  /**
   * The text of a file, as UTF-8 without a byte order mark. Read afresh at each call.
   *
   * Throws `TemplateError`: `template_outside_root` for a path that leads out of the root, by `..`, as an absolute path
   * or through a symlink; `template_not_found` if there is no such file.
   */
  read(path: string): string
}

/** Reads templates below a root folder. The folder need not exist yet. */
export function createTemplateFiles(options: TemplateFilesOptions): TemplateFiles {
  const { root } = options
  if (typeof root !== 'string' || root === '') {
    throw new TypeError(`Expected "root" to be the path of a folder, got ${describeValue(root)}.`)
  }
  // Resolved once: a later change of the working directory does not move the root.
  const folder = resolve(root)
  return Object.freeze({ read: (path: string) => read(folder, path) })
}

function read(folder: string, path: string): string {
  if (typeof path !== 'string') throw new TypeError(`Expected "path" to be a string, got ${describeValue(path)}.`)
  const wanted = resolve(folder, path)
  // Before the disk is asked: whether a file outside exists is nobody's business.
  if (!isBelow(folder, wanted)) throw outside(path)
  try {
    const real = realpathSync(wanted)
    if (!isBelow(realpathSync(folder), real)) throw outside(path)
    // Not a folder; nor a pipe or a device, which could be read for ever.
    if (!statSync(real).isFile()) throw notFound(path)
    const text = readFileSync(real, 'utf8')
    return text.startsWith('\uFEFF') ? text.slice(1) : text
  } catch (error) {
    if (isAbsence(error)) throw notFound(path, error)
    throw error
  }
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

const absent = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'])

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && absent.has(String(error.code))
}

function notFound(path: string, cause?: unknown): TemplateError {
  const problem = `No template ${JSON.stringify(path)} below the root. Check the path.`
  return new TemplateError('template_not_found', problem, { details: { path }, cause })
}

function outside(path: string): TemplateError {
  const problem = `The template ${JSON.stringify(path)} lies outside the root. Move it below the root; a symlink does not do.`
  return new TemplateError('template_outside_root', problem, { details: { path } })
}
