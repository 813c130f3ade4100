import { readFile } from 'node:fs/promises'
import { createPackageFromTarballData } from '@arethetypeswrong/core'
import type { Manifest } from '../workspace.ts'
import type { Tarball } from './inspect-tarball.ts'

export async function readTarball(path: string): Promise<Tarball> {
  const tarball = createPackageFromTarballData(new Uint8Array(await readFile(path)))
  const prefix = `/node_modules/${tarball.packageName}/`
  const files = new Map(tarball.listFiles().map((file) => [file.slice(prefix.length), tarball.readFile(file)]))
  return { manifest: JSON.parse(files.get('package.json') ?? '{}') as Manifest, files }
}
