/** How the files with an extension are read. */
export type FileFormat = 'json' | 'yaml' | 'module'

const formats: ReadonlyMap<string, FileFormat> = new Map([
  ['.json', 'json'],
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
  ['.ts', 'module'],
  ['.mts', 'module'],
  ['.js', 'module'],
  ['.mjs', 'module'],
])

/** The extensions of the files that can be read. */
export const extensions: readonly string[] = [...formats.keys()]

export function formatOf(path: string): FileFormat | undefined {
  const extension = /\.[^./\\]+$/.exec(path)?.[0]
  return extension === undefined ? undefined : formats.get(extension.toLowerCase())
}
