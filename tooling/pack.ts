import { packPackages, tarballFolder } from './pack/pack-packages.ts'

const usage = `node tooling/pack.ts

Builds every published package from nothing and packs it to ${tarballFolder}.`

if (process.argv.includes('--help')) {
  console.log(usage)
} else {
  try {
    const tarballs = await packPackages(process.cwd())
    console.log(`${tarballs.size} packages are in ${tarballFolder}.`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
