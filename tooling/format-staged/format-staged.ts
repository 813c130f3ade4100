import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { requireCommand, runCommand } from '../run-command.ts'
import { checkOutStaged, listStaged, listUnstaged, type StagedFile, stageFrom } from './staged-files.ts'

/**
 * Formats what is staged, apart from the work tree: nothing gets staged that was not.
 *
 * The files in the work tree are formatted too, so that what stays unstaged is only what was not staged before.
 */
export async function formatStaged(root: string, formatter: string): Promise<void> {
  const staged = await listStaged(root)
  if (staged.length === 0) return
  const scratch = mkdtempSync(join(tmpdir(), 'format-staged-'))
  try {
    const [before, after, partly] = ['before', 'after', 'partly'].map((name) => join(scratch, name)) as [
      string,
      string,
      string,
    ]
    await checkOutStaged(root, staged, before)
    await checkOutStaged(root, staged, after)
    await requireCommand(process.execPath, formatCommand(root, formatter, after), { cwd: after })

    const unstaged = await listUnstaged(root)
    const changed = staged.filter(({ path }) => !sameText(join(before, path), join(after, path)))
    if (changed.length > 0) await stageFrom(root, changed, after)
    for (const { path } of changed) if (!unstaged.has(path)) writeText(join(root, path), join(after, path))

    const partlyStaged = changed.filter(({ path }) => unstaged.has(path) && existsSync(join(root, path)))
    await formatWorkTree(root, formatter, partlyStaged, partly)
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

/** Work that is not staged may be half done: what cannot be formatted stays as it is. */
async function formatWorkTree(
  root: string,
  formatter: string,
  files: readonly StagedFile[],
  folder: string,
): Promise<void> {
  if (files.length === 0) return
  for (const { path } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    copyFileSync(join(root, path), join(folder, path))
  }
  await runCommand(process.execPath, formatCommand(root, formatter, folder), { cwd: folder })
  for (const { path } of files)
    if (!sameText(join(root, path), join(folder, path))) writeText(join(root, path), join(folder, path))
}

/** The configuration stands where the root is, for its patterns are relative to it. */
function formatCommand(root: string, formatter: string, folder: string): string[] {
  const config = join(folder, '.oxfmtrc.json')
  if (!existsSync(config) && existsSync(join(root, '.oxfmtrc.json'))) copyFileSync(join(root, '.oxfmtrc.json'), config)
  return [formatter, '--no-error-on-unmatched-pattern', '.']
}

function sameText(left: string, right: string): boolean {
  return readFileSync(left).equals(readFileSync(right))
}

function writeText(target: string, source: string): void {
  writeFileSync(target, readFileSync(source))
}
