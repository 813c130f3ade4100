import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findRemovals } from './compare-api.ts'
import { type Api, readApi } from './read-api.ts'
import { readChangesets } from './read-changesets.ts'

const snapshotPath = 'tooling/api-snapshot/api.json'

/** The removals since the last version that no major changeset announces, a sentence for each. */
export function checkApi(root: string): string[] {
  const changesets = readChangesets(root)
  return findRemovals(readSnapshot(root), readApi(root))
    .filter(({ packageName }) => !changesets.some(({ bumps }) => bumps.get(packageName) === 'major'))
    .map(
      ({ packageName, description }) =>
        `Since the last version ${description}: put it back, or announce it by a major changeset of ${packageName} (pnpm changeset).`,
    )
}

/** The API of the last version; before the first, of the day that this check began. */
export function readSnapshot(root: string): Api {
  return JSON.parse(readFileSync(join(root, snapshotPath), 'utf8')) as Api
}

/** Makes what is exported now the API of the last version. */
export function writeSnapshot(root: string): void {
  writeFileSync(join(root, snapshotPath), `${JSON.stringify(readApi(root), undefined, 2)}\n`)
}
