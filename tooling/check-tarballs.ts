import { checkWithAttw, checkWithPublint, type TarballCheck } from './check-tarballs/check-tarball.ts'
import { findTarballs, tarballFolder } from './pack/pack-packages.ts'

const checks: Readonly<Record<string, TarballCheck>> = { attw: checkWithAttw, publint: checkWithPublint }
const usage = `node tooling/check-tarballs.ts <${Object.keys(checks).join('|')}>

Checks the tarballs in ${tarballFolder} (made by tooling/pack.ts); exits with 1 on a problem.`

const [name = ''] = process.argv.slice(2)
const check = Object.hasOwn(checks, name) ? checks[name] : undefined
if (process.argv.includes('--help')) {
  console.log(usage)
} else if (check === undefined) {
  console.error(usage)
  process.exitCode = 1
} else {
  for (const [packageName, tarball] of findTarballs(process.cwd())) {
    for (const problem of await check(tarball)) {
      console.error(`${packageName}: ${problem}`)
      process.exitCode = 1
    }
  }
}
