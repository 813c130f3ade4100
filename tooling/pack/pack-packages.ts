import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { mapConcurrent } from '../map-concurrent.ts'
import { requireCommand, toolScript } from '../run-command.ts'
import { runPnpm } from '../run-pnpm.ts'
import { readWorkspace, type WorkspacePackage } from '../workspace.ts'

/** Where `pnpm check` and `pnpm pack:check` put the tarballs. */
export const tarballFolder = 'node_modules/.cache/empire/tarballs'

/** Builds every published package from nothing and packs it as it would be published. Gives package → tarball. */
export async function packPackages(root: string, destination: string = tarballFolder): Promise<Map<string, string>> {
  const packages = readWorkspace(root).filter(({ published }) => published)
  const folder = resolve(root, destination)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await mapConcurrent(packages, availableParallelism(), (workspacePackage) => build(root, workspacePackage))
  const filters = packages.map(({ name }) => `--filter=${name}`)
  await runPnpm(root, ['--recursive', ...filters, 'pack', '--pack-destination', folder])
  return findTarballs(root, destination)
}

/** The tarballs that `packPackages` left. */
export function findTarballs(root: string, destination: string = tarballFolder): Map<string, string> {
  const folder = resolve(root, destination)
  const files = readdirSync(folder)
  const tarballs = new Map<string, string>()
  for (const { name, manifest, published } of readWorkspace(root)) {
    if (!published) continue
    const file = `${name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`
    if (!files.includes(file)) throw new Error(`${file} is missing in ${destination}: run \`pnpm check pack\`.`)
    tarballs.set(name, join(folder, file))
  }
  return tarballs
}

async function build(root: string, { folder }: WorkspacePackage): Promise<void> {
  // The compiler leaves the output of sources that are gone, and it would be packed.
  rmSync(join(root, folder, 'dist'), { recursive: true, force: true })
  await requireCommand(
    process.execPath,
    [toolScript(root, 'typescript', 'tsc'), '-p', join(folder, 'tsconfig.build.json')],
    {
      cwd: root,
    },
  )
}
