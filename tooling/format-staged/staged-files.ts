import { basename, dirname, join } from 'node:path'
import { requireCommand } from '../run-command.ts'

export interface StagedFile {
  readonly path: string
  readonly mode: string
}

/** The regular files that the commit adds or changes. */
export async function listStaged(root: string): Promise<StagedFile[]> {
  const args = ['diff', '--cached', '--raw', '-z', '--no-renames', '--diff-filter=AM']
  const fields = (await requireCommand('git', args, { cwd: root })).split('\0')
  const files: StagedFile[] = []
  // A record is `:<old mode> <new mode> <old blob> <new blob> <status>`, then the path.
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const mode = fields[index]?.split(' ')[1] ?? ''
    const path = fields[index + 1] ?? ''
    if (mode === '100644' || mode === '100755') files.push({ path, mode })
  }
  return files
}

/** The paths whose file in the work tree is not what is staged. */
export async function listUnstaged(root: string): Promise<Set<string>> {
  const output = await requireCommand('git', ['diff', '--name-only', '-z', '--no-renames'], { cwd: root })
  return new Set(output.split('\0').filter((path) => path !== ''))
}

/** Writes the staged text of the files below `folder`. */
export async function checkOutStaged(root: string, files: readonly StagedFile[], folder: string): Promise<void> {
  const input = files.map(({ path }) => `${path}\0`).join('')
  await requireCommand('git', ['checkout-index', '-z', '--stdin', `--prefix=${folder}/`], { cwd: root, input })
}

/** Stages the text that the files have below `folder`. */
export async function stageFrom(root: string, files: readonly StagedFile[], folder: string): Promise<void> {
  const paths = files.map(({ path }) => `${join(folder, path)}\n`).join('')
  const hashes = await requireCommand('git', ['hash-object', '-w', '--no-filters', '--stdin-paths'], {
    cwd: root,
    input: paths,
  })
  const blobs = hashes.trim().split('\n')
  const input = files.map(({ path, mode }, index) => `${mode} ${blobs[index]}\t${path}\0`).join('')
  for (const indexFile of indexFiles()) {
    await requireCommand('git', ['update-index', '-z', '--index-info'], {
      cwd: root,
      input,
      env: { GIT_INDEX_FILE: indexFile },
    })
  }
}

/**
 * `git commit -- <path>` gives its hook a passing index (next-index-….lock) and has the coming one ready in `index.lock`;
 * what is staged in only one of them would come back as a change after the commit.
 */
function indexFiles(): (string | undefined)[] {
  const given = process.env['GIT_INDEX_FILE']
  if (given === undefined || !basename(given).startsWith('next-index-')) return [given]
  return [given, join(dirname(given), 'index.lock')]
}
