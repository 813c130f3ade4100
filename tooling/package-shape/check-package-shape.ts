import { checkManifests } from '../check-deps/check-manifests.ts'
import { placeRows } from '../check-deps/placed-row.ts'
import { type Matrix, matrix as repositoryMatrix, testFloor } from '../layers.ts'
import { checkBuildConfig } from './check-build-config.ts'
import { checkManifestShape } from './check-manifest-shape.ts'
import { checkReadme } from './check-readme.ts'
import { checkSources } from './check-sources.ts'
import { type PackageFolder, readPackageFolders } from './package-folder.ts'

/**
 * What is wrong with the shape of the packages at `root`, each a sentence that begins with the folder.
 *
 * A package of the test floor is never published: it has neither doors nor README.
 */
export function checkPackageShape(root: string, matrix: Matrix = repositoryMatrix): string[] {
  const homes = readPackageFolders(root)
  const manifests = homes.flatMap(({ folder, manifest }) => (manifest === undefined ? [] : [{ folder, manifest }]))
  return [
    ...checkManifests(placeRows(matrix), manifests),
    ...homes.flatMap((home) => checkPackage(home).map((fault) => `${home.folder}: ${fault}`)),
  ]
}

function checkPackage(home: PackageFolder): string[] {
  if (home.manifest === undefined) return ['there is no readable package.json.']
  const parts = home.floor === testFloor ? [] : ['README.md', 'tsconfig.build.json', 'src/index.ts']
  const missing = parts.filter((file) => !home.files.includes(file))
  return [
    ...missing.map((file) => `${file} is missing.`),
    ...checkManifestShape(home),
    ...checkSources(home),
    ...(home.files.includes('README.md') && home.floor !== testFloor
      ? checkReadme(home.name, home.read('README.md'))
      : []),
    ...(home.files.includes('tsconfig.build.json') ? checkBuildConfig(home.read('tsconfig.build.json')) : []),
  ]
}
