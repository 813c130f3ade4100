import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isWritable, openReadOnly } from './open-read-only.ts'

let folder: string
let path: string
let writer: DatabaseSync
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite #1?-'))
  path = join(folder, 'a%20b.db')
  writer = new DatabaseSync(path)
  writer.exec("PRAGMA journal_mode = WAL; CREATE TABLE names (name TEXT); INSERT INTO names VALUES ('a')")
})
afterEach(async () => {
  if (writer.isOpen) writer.close()
  await chmod(folder, 0o700)
  await rm(folder, { recursive: true })
})

describe('openReadOnly', () => {
  it('reads a database in WAL mode, makes no file beside it and writes nothing', async () => {
    writer.close()
    using database = await openReadOnly(path)
    expect(database.prepare('SELECT name FROM names').all()).toEqual([{ name: 'a' }])
    expect(await readdir(folder)).toEqual(['a%20b.db'])
    expect(() => database.exec("INSERT INTO names VALUES ('b')")).toThrow('attempt to write a readonly database')
  })

  it('sees what is in the journal of a writer', async () => {
    using database = await openReadOnly(path)
    writer.exec("INSERT INTO names VALUES ('b')")
    expect(database.prepare('SELECT name FROM names').all()).toEqual([{ name: 'a' }, { name: 'b' }])
  })

  it('makes no database', async () => {
    await expect(openReadOnly(join(folder, 'none.db'))).rejects.toThrow('unable to open database file')
  })
})

describe('isWritable', () => {
  it('tells files that may be written from those that are not there', async () => {
    expect(await isWritable(path)).toBe(true)
    expect(await isWritable(join(folder, 'none.db'))).toBe(false)
  })

  // The super user may write everything.
  it.skipIf(process.getuid?.() === 0)('knows that a journal cannot be made in a folder', async () => {
    await chmod(folder, 0o500)
    expect(await isWritable(path)).toBe(false)
  })
})
