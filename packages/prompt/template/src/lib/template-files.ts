import { readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { describeValue } from '@empire/errors'
import { TemplateError } from './template-error.ts'

/** Options of `createTemplateFiles`. */
export interface TemplateFilesOptions {
  /** The folder that holds the templates, absolute or from the working directory. Nothing outside it is read. */
  root: string
  /** The longest template, in UTF-16 units. A file that is too large for it is not read. Default: `Infinity`. */
  parseLimit?: number | undefined
}

/** The templates of one folder. */
export interface TemplateFiles {
  /**
   * The text of a file, as UTF-8 without a byte order mark. Read afresh at each call.
   *
   * Throws `TemplateError`: `template_outside_root` for a path that leads out of the root, by `..`, as an absolute path
   * or through a symlink; `template_not_found` if there is no such file; `template_limit_exceeded` if it is too large.
   */
  read(path: string): string
}

/** Reads templates below a root folder. The folder need not exist yet. */
export function createTemplateFiles(options: TemplateFilesOptions): TemplateFiles {
  const { root, parseLimit = Infinity } = options
  if (typeof root !== 'string' || root === '') {
    throw new TypeError(`Expected "root" to be the path of a folder, got ${describeValue(root)}.`)
  }
  if (typeof parseLimit !== 'number' || !(parseLimit > 0)) {
    throw new TypeError(`Expected "parseLimit" to be a positive number, got ${describeValue(parseLimit)}.`)
  }
  // Resolved once: a later change of the working directory does not move the root.
  const folder = resolve(root)
  return Object.freeze({ read: (path: string) => read(folder, path, parseLimit) })
}

/** What UTF-8 takes for one UTF-16 unit at most, and for the byte order mark. */
const bytesOfUnit = 3

function read(folder: string, path: string, parseLimit: number): string {
  if (typeof path !== 'string') throw new TypeError(`Expected "path" to be a string, got ${describeValue(path)}.`)
  const wanted = resolve(folder, path)
  // Before the disk is asked: whether a file outside exists is nobody's business.
  if (!isBelow(folder, wanted)) throw outside(path)
  try {
    const real = realpathSync(wanted)
    if (!isBelow(realpathSync(folder), real)) throw outside(path)
    // Not a folder; nor a pipe or a device, which could be read for ever.
    const file = statSync(real)
    if (!file.isFile()) throw notFound(path)
    if (file.size > (parseLimit + 1) * bytesOfUnit) throw tooLarge(path)
    const whole = readFileSync(real, 'utf8')
    const text = whole.startsWith('\uFEFF') ? whole.slice(1) : whole
    if (text.length > parseLimit) throw tooLarge(path)
    return text
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

function tooLarge(path: string): TemplateError {
  const problem = `The template ${JSON.stringify(path)} exceeds "parseLimit". Make it smaller, or raise the limit if you trust it.`
  return new TemplateError('template_limit_exceeded', problem, { details: { limit: 'parseLimit', path } })
}

function outside(path: string): TemplateError {
  const problem = `The template ${JSON.stringify(path)} lies outside the root. Move it below the root; a symlink does not do.`
  return new TemplateError('template_outside_root', problem, { details: { path } })
}
