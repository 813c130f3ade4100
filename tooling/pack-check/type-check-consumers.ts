import { join } from 'node:path'
import ts from 'typescript'

const shared: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  skipLibCheck: false,
  noEmit: true,
}

/** The type errors of consumers that have Node's types: in their examples, and in every declaration of ours that these reach. */
export function typeCheckInNode(root: string, folders: readonly string[]): string[] {
  return diagnose(
    folders.flatMap((folder) => [join(folder, 'doors.ts'), join(folder, 'example.ts')]),
    {
      ...shared,
      lib: ['lib.es2024.d.ts'],
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    },
  )
}

/** The type errors of consumers that have a browser's types and not Node's. */
export function typeCheckInBrowser(folders: readonly string[]): string[] {
  return diagnose(
    folders.map((folder) => join(folder, 'doors.ts')),
    {
      ...shared,
      lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
      types: [],
    },
  )
}

function diagnose(files: readonly string[], options: ts.CompilerOptions): string[] {
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(files, options))
  return diagnostics
    .filter(({ file }) => file === undefined || isOurs(file.fileName))
    .map(({ file, start = 0, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, '\n')
      if (file === undefined) return message
      return `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} ${message}`
    })
}

/** Vendors' libraries declare what only their own configuration knows: their users skip the check of libraries. */
function isOurs(path: string): boolean {
  const folder = path.split('/node_modules/').at(-1) ?? ''
  return folder === path || folder.startsWith('@empire/')
}
