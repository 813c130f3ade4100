/** A file, folder or link inside a folder that is being listed. */
export interface FolderEntry {
  /** Name alone, without the folder. */
  readonly name: string
  /** As an item would have it. */
  readonly path: string
  /** Whether it is a file, and neither a folder nor a link. */
  readonly isFile: boolean
}

const installed = new Set(['node_modules', 'bower_components', 'jspm_packages', '__pycache__', '__MACOSX'])

/** Ignores hidden entries (a name that starts with a dot) and folders of installed packages and caches. */
export function defaultIgnore(entry: FolderEntry): boolean {
  return entry.name.startsWith('.') || installed.has(entry.name)
}
