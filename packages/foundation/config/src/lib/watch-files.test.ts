import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { watchFiles } from './watch-files.ts'

let folder = ''
let stops: (() => void)[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'empire-watch-'))
})
afterEach(async () => {
  for (const stop of stops) stop()
  stops = []
  await rm(folder, { recursive: true })
})

/** Resolves at each change, one after the other. */
function changesOf(...files: string[]): () => Promise<string> {
  let changed = Promise.withResolvers<void>()
  const watch = watchFiles(
    () => files,
    () => changed.resolve(),
    (error) => changed.reject(error),
  )
  stops.push(watch.close)
  return async () => {
    await changed.promise
    changed = Promise.withResolvers()
    return 'changed'
  }
}

describe('watchFiles', () => {
  it('sees a file written, replaced by a rename, removed and created again', async () => {
    const file = join(folder, 'shop.yaml')
    await writeFile(file, '1')
    const nextChange = changesOf(file)
    await writeFile(file, '2')
    await expect(nextChange()).resolves.toBe('changed')
    for (const content of ['3', '4']) {
      await writeFile(join(folder, 'new'), content)
      await rename(join(folder, 'new'), file)
      await expect(nextChange()).resolves.toBe('changed')
    }
    await rm(file)
    await expect(nextChange()).resolves.toBe('changed')
    await writeFile(file, '5')
    await expect(nextChange()).resolves.toBe('changed')
  })

  it('sees a file in a folder that comes later, and goes and comes again', async () => {
    const deep = join(folder, 'a', 'b')
    const nextChange = changesOf(join(deep, 'shop.yaml'))
    for (const content of ['1', '2']) {
      await mkdir(deep, { recursive: true })
      await writeFile(join(deep, 'shop.yaml'), content)
      await expect(nextChange()).resolves.toBe('changed')
      await rm(join(folder, 'a'), { recursive: true })
      await expect(nextChange()).resolves.toBe('changed')
    }
  })

  it('sees a link to another folder of files, as container platforms deploy them', async () => {
    for (const version of ['one', 'two', 'three']) {
      await mkdir(join(folder, version))
      await writeFile(join(folder, version, 'shop.yaml'), version)
    }
    await symlink('one', join(folder, 'current'))
    await symlink('current/shop.yaml', join(folder, 'shop.yaml'))
    const nextChange = changesOf(join(folder, 'shop.yaml'))
    for (const version of ['two', 'three']) {
      await symlink(version, join(folder, 'next'))
      await rename(join(folder, 'next'), join(folder, 'current'))
      await expect(nextChange()).resolves.toBe('changed')
    }
    await writeFile(join(folder, 'three', 'shop.yaml'), 'in place')
    await expect(nextChange()).resolves.toBe('changed')
  })

  it('sees a link far above the file that leads elsewhere, also through other links', async () => {
    for (const version of ['one', 'two', 'three']) {
      await mkdir(join(folder, version, 'deep'), { recursive: true })
      await writeFile(join(folder, version, 'deep', 'shop.yaml'), version)
    }
    await symlink('one', join(folder, 'current'))
    await symlink('current', join(folder, 'app'))
    const nextChange = changesOf(join(folder, 'app', 'deep', 'shop.yaml'))
    for (const version of ['two', 'three']) {
      await symlink(version, join(folder, 'next'))
      await rename(join(folder, 'next'), join(folder, 'current'))
      await expect(nextChange()).resolves.toBe('changed')
    }
  })

  it('sees a folder far above the file that is replaced', async () => {
    for (const version of ['app', 'next']) {
      await mkdir(join(folder, version, 'a', 'b'), { recursive: true })
      await writeFile(join(folder, version, 'a', 'b', 'shop.yaml'), version)
    }
    const nextChange = changesOf(join(folder, 'app', 'a', 'b', 'shop.yaml'))
    await rename(join(folder, 'app'), join(folder, 'old'))
    await rename(join(folder, 'next'), join(folder, 'app'))
    await expect(nextChange()).resolves.toBe('changed')
    await writeFile(join(folder, 'app', 'a', 'b', 'shop.yaml'), 'in place')
    await expect(nextChange()).resolves.toBe('changed')
  })

  it('follows a circle of links to no end', async () => {
    await symlink('b', join(folder, 'a'))
    await symlink('a', join(folder, 'b'))
    const nextChange = changesOf(join(folder, 'a', 'shop.yaml'))
    await rm(join(folder, 'a'))
    await mkdir(join(folder, 'a'))
    await writeFile(join(folder, 'a', 'shop.yaml'), '1')
    await expect(nextChange()).resolves.toBe('changed')
  })

  it('does not see other files, nor anything after it was stopped', async () => {
    const [file, other] = [join(folder, 'shop.yaml'), join(folder, 'other.yaml')]
    const calls: string[] = []
    const { close } = watchFiles(
      () => [file],
      () => calls.push('first'),
      () => calls.push('error'),
    )
    const otherChange = changesOf(other)
    await writeFile(other, '1')
    await otherChange()
    close()
    const nextChange = changesOf(file)
    await writeFile(file, '1')
    await expect(nextChange()).resolves.toBe('changed')
    expect(calls).toEqual([])
  })
})
