import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from './temporary-directory.ts'

describe('temporaryDirectory', () => {
  it('makes an empty directory of its own', async () => {
    await using one = temporaryDirectory()
    await using other = temporaryDirectory()
    expect(readdirSync(one.path)).toEqual([])
    expect(one.path).not.toBe(other.path)
    expect(isAbsolute(one.path)).toBe(true)
    expect(realpathSync(one.path)).toBe(one.path)
  })

  it('is gone after the block, with all that is in it', async () => {
    let path: string
    {
      await using folder = temporaryDirectory()
      path = folder.path
      mkdirSync(folder.join('a', 'b'), { recursive: true })
      writeFileSync(folder.join('a', 'b', 'c.txt'), 'text')
    }
    expect(existsSync(path)).toBe(false)
  })

  it('can be removed twice, also when something else did it', async () => {
    const folder = temporaryDirectory()
    await folder.remove()
    await expect(folder.remove()).resolves.toBeUndefined()
  })

  it('takes a name and a place', async () => {
    await using home = temporaryDirectory()
    const inner = temporaryDirectory({ parent: home.path, prefix: 'inner-' })
    expect(dirname(inner.path)).toBe(home.path)
    expect(inner.path).toContain(join(home.path, 'inner-'))
  })

  it.each(['a/b', String.raw`a\b`, 'a\0', 3])('refuses the prefix %j', (prefix) => {
    expect(() => temporaryDirectory({ prefix: prefix as string })).toThrow(TypeError)
  })

  it('removes what is left when the process exits', () => {
    const module = join(import.meta.dirname, 'temporary-directory.ts')
    const path = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { temporaryDirectory } from ${JSON.stringify(module)}
         import { writeFileSync } from 'node:fs'
         const folder = temporaryDirectory()
         writeFileSync(folder.join('a.txt'), 'text')
         process.stdout.write(folder.path)`,
      ],
      { encoding: 'utf8' },
    )
    expect(isAbsolute(path)).toBe(true)
    expect(existsSync(path)).toBe(false)
  })
})
