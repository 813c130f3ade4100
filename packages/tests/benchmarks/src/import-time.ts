import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { median } from '@empire/test-support/measure'

const execute = promisify(execFile)
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

/** A folder of the workspace, or an installed library that it uses: `flow/pipeline`, `p-queue`. */
export interface PublishedForm {
  /** Workspace packages to build, as `layer/name`. */
  packages: string[]
  /** Folders of libraries to link, by name. */
  libraries: Record<string, string>
}

/** Medians of fresh processes. */
export interface ImportCost {
  /** Milliseconds. */
  readonly time: number
  /** Megabytes that the resident set grows by. */
  readonly memory: number
}

/** What `import(name)` costs from built JavaScript: users do not strip types. */
export async function importTime(name: string, form: PublishedForm, samples: number): Promise<ImportCost> {
  const root = await mkdtemp(join(tmpdir(), 'empire-import-'))
  try {
    for (const folder of form.packages) await build(folder, join(root, 'node_modules/@empire'))
    for (const [library, target] of Object.entries(form.libraries)) {
      const link = join(root, 'node_modules', library)
      await mkdir(dirname(link), { recursive: true })
      await symlink(target, link, 'junction')
    }
    return await importCost(name, root, samples)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

/** What `import(name)` costs in a folder where it is installed. */
export async function importCost(name: string, cwd: string, samples: number): Promise<ImportCost> {
  const script = `
    const before = process.memoryUsage.rss()
    const start = performance.now()
    await import('${name}')
    console.log(performance.now() - start, (process.memoryUsage.rss() - before) / 1e6)
    process.exit()`
  const times: number[] = []
  const memories: number[] = []
  for (let sample = 0; sample < samples; sample++) {
    const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', script], { cwd })
    const [time = Number.NaN, memory = Number.NaN] = stdout.trim().split(' ').map(Number)
    times.push(time)
    memories.push(memory)
  }
  return { time: median(times), memory: median(memories) }
}

async function build(folder: string, scope: string): Promise<void> {
  const source = join(import.meta.dirname, '../../..', folder)
  const target = join(scope, folder.slice(folder.indexOf('/') + 1))
  await execute(process.execPath, [tsc, '-p', join(source, 'tsconfig.build.json'), '--outDir', join(target, 'dist')])
  const { publishConfig } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as {
    readonly publishConfig: { readonly exports: object }
  }
  await writeFile(join(target, 'package.json'), JSON.stringify({ type: 'module', exports: publishConfig.exports }))
}
