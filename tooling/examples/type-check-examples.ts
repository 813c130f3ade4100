import { dirname, join } from 'node:path'
import ts from 'typescript'
import { readDoors, slashed } from '../workspace.ts'
import { readCodeBlocks } from './code-blocks.ts'

export interface MarkdownFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string
  readonly text: string
}

const mistakenLanguages = new Set(['typescript', 'javascript', 'js', 'mts', 'mjs', 'tsx', 'jsx'])

/** The type errors in the ```ts blocks, each block alone, as `path:line:column message`; and blocks whose tag hides them. */
export function typeCheckExamples(root: string, files: readonly MarkdownFile[]): string[] {
  const problems: string[] = []
  const sources = new Map<string, { readonly path: string; readonly text: string }>()
  for (const { path, text } of files) {
    for (const { language, code, line } of readCodeBlocks(text)) {
      if (mistakenLanguages.has(language)) {
        problems.push(`${path}:${line} tags a block \`${language}\`: tag it \`ts\`, or it is neither run nor checked.`)
      }
      if (language !== 'ts') continue
      // As many empty lines as stand above the block, so that positions are those of the Markdown file.
      const source = `${'\n'.repeat(line)}${code}\nexport {}\n`
      sources.set(slashed(join(root, dirname(path), `example-${sources.size}.ts`)), { path, text: source })
    }
  }
  if (sources.size === 0) return problems

  const program = ts.createProgram([...sources.keys()], readOptions(root), createHost(root, sources))
  for (const [name, { path }] of sources) {
    const file = program.getSourceFile(name)
    const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    for (const { start = 0, messageText } of diagnostics) {
      const { line = 0, character = 0 } = file?.getLineAndCharacterOfPosition(start) ?? {}
      problems.push(`${path}:${line + 1}:${character + 1} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
    }
  }
  return problems
}

function readOptions(root: string): ts.CompilerOptions {
  const path = join(root, 'tsconfig.json')
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile)
  if (error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'))
  return ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root).options
}

function createHost(root: string, sources: ReadonlyMap<string, { readonly text: string }>): ts.CompilerHost {
  const options = readOptions(root)
  const host = ts.createCompilerHost(options)
  const doors = readDoors(root)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (name) => sources.has(name) || fileExists(name)
  host.readFile = (name) => sources.get(name)?.text ?? readFile(name)
  host.getSourceFile = (name, ...rest) => {
    const source = sources.get(name)
    return source === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, source.text, {
          languageVersion: ts.ScriptTarget.ESNext,
          impliedNodeFormat: ts.ModuleKind.ESNext,
        })
  }
  host.resolveModuleNameLiterals = (literals, containingFile, redirect, compilerOptions, sourceFile) =>
    literals.map((literal) => {
      const door = sources.has(containingFile) ? doors.get(literal.text) : undefined
      if (door !== undefined) {
        return {
          resolvedModule: {
            resolvedFileName: slashed(join(root, door)),
            extension: ts.Extension.Ts,
            isExternalLibraryImport: false,
          },
        }
      }
      const mode = ts.getModeForUsageLocation(sourceFile, literal, compilerOptions)
      return ts.resolveModuleName(literal.text, containingFile, compilerOptions, host, undefined, redirect, mode)
    })
  return host
}
