import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { mapConcurrent } from '../map-concurrent.ts'
import { packPackages } from '../pack/pack-packages.ts'
import { readWorkspace, type WorkspacePackage } from '../workspace.ts'
import { type Budgets, compareBudget } from './budget.ts'
import { installConsumer, tryConsumer, writeConsumer } from './consumer.ts'
import { findNode } from './find-node.ts'
import { type Footprint, measureFootprint } from './footprint.ts'
import { inspectTarball } from './inspect-tarball.ts'
import { readTarball } from './read-tarball.ts'
import { typeCheckInBrowser, typeCheckInNode } from './type-check-consumers.ts'

export interface PackCase {
  readonly name: string
  readonly problems: readonly string[]
}

export interface PackCheck {
  readonly cases: readonly PackCase[]
  readonly footprints: ReadonlyMap<string, Footprint>
}

/** Packs every published package, installs each alone in an empty folder on the first version of Node, and uses it on each. */
export async function runPackCheck(root: string, nodeMajors: readonly string[]): Promise<PackCheck> {
  const packages = readWorkspace(root).filter(({ published }) => published)
  const [tarballs, ...nodes] = await Promise.all([
    packPackages(root),
    ...nodeMajors.map(async (major) => ({ major, executable: await findNode(root, major) })),
  ])
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'pack-check-')))
  const folderOf = ({ name }: WorkspacePackage): string => join(scratch, name.replace('@', ''))
  const [oldest = { executable: process.execPath }] = nodes
  const footprints = new Map<string, Footprint>()
  const cases: PackCase[] = []
  const record = async (name: string, find: () => Promise<readonly string[]>): Promise<void> => {
    cases.push({ name, problems: await find().catch((error: unknown) => [String(error)]) })
  }
  try {
    await mapConcurrent(packages, availableParallelism(), async (workspacePackage) => {
      const { name } = workspacePackage
      const tarball = await readTarball(tarballs.get(name) ?? '')
      await record(`${name} holds what it should`, async () => inspectTarball(tarball, root))
      const folder = folderOf(workspacePackage)
      await record(`${name} can be installed`, async () => {
        const readme = tarball.files.get('README.md') ?? ''
        await writeConsumer({ root, folder, workspacePackage, readme, tarballs })
        await installConsumer(folder, oldest.executable)
        footprints.set(name, measureFootprint(folder, name))
        return []
      })
      for (const { major, executable } of nodes) {
        await record(`${name} on Node ${major}`, () => tryConsumer(folder, workspacePackage, executable))
      }
      await record(`${name} keeps its budget`, async () => {
        const footprint = footprints.get(name)
        return footprint === undefined
          ? ['it could not be installed']
          : compareBudget(name, footprint, readBudgets(root))
      })
    })
    const installed = packages.filter(({ name }) => footprints.has(name))
    await record('the packed types in a project for Node', async () => typeCheckInNode(root, installed.map(folderOf)))
    const anywhere = installed.filter(({ folder }) => !usesNodeTypes(root, folder))
    await record('the packed types in a project for browsers', async () => typeCheckInBrowser(anywhere.map(folderOf)))
  } finally {
    rmSync(scratch, { recursive: true })
  }
  return { cases: cases.toSorted((left, right) => left.name.localeCompare(right.name, 'en')), footprints }
}

function readBudgets(root: string): Budgets {
  return JSON.parse(readFileSync(join(root, 'tooling/pack-check/budgets.json'), 'utf8')) as Budgets
}

function usesNodeTypes(root: string, folder: string): boolean {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, folder, 'tsconfig.build.json'), 'utf8')) as {
    compilerOptions: { types?: readonly string[] }
  }
  return compilerOptions.types?.includes('node') === true
}
