import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createManualClock } from '@empire/test-support'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileSource, type FileSourceOptions } from './file-source.ts'
import { IngestError } from './ingest-error.ts'
import type { Source, SourceItem } from './source.ts'

const isWindows = process.platform === 'win32'
const isRoot = process.getuid?.() === 0

let cwd: string
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'ingest-')))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), `text of ${path}`)
  }
}

function rules(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true })
  writeFileSync(join(cwd, path), text)
}

async function itemsOf(source: Source): Promise<SourceItem[]> {
  const items: SourceItem[] = []
  for await (const item of source.items()) items.push(item)
  return items
}

/** The path of each item, with the code if it cannot be read. */
async function list(paths: string[], options: FileSourceOptions = {}): Promise<string[]> {
  const found: string[] = []
  for await (const item of fileSource(paths, { cwd, ...options }).items()) {
    const code = await item.read().then(
      () => '',
      (error: unknown) => (error instanceof IngestError ? ` ${error.code}` : ` ${error}`),
    )
    found.push(item.path + code)
  }
  return found
}

async function messages(paths: string[], options: FileSourceOptions = {}): Promise<string[]> {
  const found: string[] = []
  for await (const item of fileSource(paths, { cwd, ...options }).items()) {
    await item.read().catch((error: IngestError) => found.push(`${error.code}: ${error.message}`))
  }
  return found
}

function covers(path: string, id: string): boolean {
  return fileSource([path]).covers!(id)
}

describe('fileSource', () => {
  it('lists folders by name, files and folders together, and reads what their extension says', async () => {
    write('b.md', 'a/z.HTML', 'a/b/c.txt', 'a.md', 'B.markdown', 'a/é.mdx')
    expect(await list(['.'])).toEqual(['B.markdown', 'a/b/c.txt', 'a/z.HTML', 'a/é.mdx', 'a.md', 'b.md'])
    const clock = createManualClock()
    const [item] = await itemsOf(fileSource(['a/z.HTML'], { cwd, clock }))
    expect(item).toMatchObject({ id: 'a/z.HTML', path: 'a/z.HTML', mediaType: 'text/html' })
    expect(await item!.read()).toEqual({
      bytes: Buffer.from('text of a/z.HTML'),
      mediaType: 'text/html',
      version: undefined,
    })
  })

  it('shows paths as they were named, and keeps their order', async () => {
    write('docs/b.md', 'docs/a.md', 'x/y.md')
    expect(await list(['x/../docs/', './x', join(cwd, 'docs/a.md')])).toEqual(['docs/a.md', 'docs/b.md', 'x/y.md'])
    expect(await list([join(cwd, 'x')])).toEqual([`${cwd}/x/y.md`.replaceAll('\\', '/')])
  })

  it('lists each real file once', async () => {
    write('docs/a.md', 'docs/b.md')
    expect(await list(['docs/b.md', 'docs', 'docs/a.md', '.'])).toEqual(['docs/b.md', 'docs/a.md'])
  })

  it('lists nothing for no paths and for an empty folder', async () => {
    expect(await list([])).toEqual([])
    expect(await list(['.'])).toEqual([])
  })

  describe('ignores', () => {
    it('hidden entries and installed packages inside folders, but not what is named', async () => {
      write('.git/a.md', '.b.md', 'node_modules/c.md', 'd/node_modules/e.md', 'f.md')
      expect(await list(['.'])).toEqual(['f.md'])
      expect(await list(['.git', '.b.md', 'node_modules'])).toEqual(['.git/a.md', '.b.md', 'node_modules/c.md'])
    })

    it('what the caller says instead', async () => {
      write('.a.md', 'drafts/b.md', 'c/drafts/d.md', 'e.md')
      expect(await list(['.'], { ignore: ({ path }) => path === 'drafts' })).toEqual(['.a.md', 'c/drafts/d.md', 'e.md'])
    })
  })

  describe('an item that cannot be read', () => {
    it('is a named path that is not there', async () => {
      write('a.md')
      expect(await messages(['missing', 'a.md/b.md'])).toEqual([
        'unreadable_path: missing: cannot be read: does not exist. Check the path.',
        'unreadable_path: a.md/b.md: cannot be read: does not exist. Check the path.',
      ])
      expect(await list(['a\0.md'])).toEqual(['a\0.md unreadable_path'])
    })

    it('is too large, which is known without reading it', async () => {
      write('a.md', 'b.md')
      truncateSync(join(cwd, 'b.md'), 2_000_000_000)
      expect(await messages(['.'])).toEqual([
        'too_large: b.md: 2000000000 bytes, more than the 1073741824 that "maxBytes" allows. Split it.',
      ])
      expect(await list(['a.md'], { maxBytes: 12 })).toEqual(['a.md'])
      expect(await list(['a.md'], { maxBytes: 11 })).toEqual(['a.md too_large'])
    })

    it('is gone since it was listed', async () => {
      write('a.md')
      const [item] = await itemsOf(fileSource(['.'], { cwd }))
      rmSync(join(cwd, 'a.md'))
      await expect(item!.read()).rejects.toMatchObject({
        code: 'vanished',
        message: 'a.md: gone since the folder was listed.',
      })
    })

    it.each([[['a.md', '.']], [['.', 'a.md']]])('is gone and was named: %j', async (paths) => {
      write('a.md')
      const [item] = await itemsOf(fileSource(paths, { cwd }))
      rmSync(join(cwd, 'a.md'))
      await expect(item!.read()).rejects.toMatchObject({ code: 'unreadable_path' })
    })

    it.skipIf(isWindows)('is something else since it was listed', async () => {
      write('a.md', 'b.md')
      const [folder, pipe] = await itemsOf(fileSource(['.'], { cwd }))
      rmSync(join(cwd, 'a.md'))
      mkdirSync(join(cwd, 'a.md'))
      rmSync(join(cwd, 'b.md'))
      execFileSync('mkfifo', [join(cwd, 'b.md')])
      await expect(folder!.read()).rejects.toMatchObject({ code: 'not_a_file' })
      await expect(pipe!.read()).rejects.toMatchObject({ code: 'not_a_file' })
    })

    it.skipIf(isWindows || isRoot)('has no permission for it (cannot be tried as root or on Windows)', async () => {
      write('a.md', 'b/c.md', 'd.md')
      chmodSync(join(cwd, 'a.md'), 0)
      chmodSync(join(cwd, 'b'), 0)
      expect(await messages(['.'])).toEqual([
        'unreadable: a.md: cannot be read: permission denied.',
        'unreadable: b: cannot list the folder: permission denied.',
      ])
      expect(await list(['a.md', 'b', 'b/c.md'])).toEqual([
        'a.md unreadable_path',
        'b unreadable_path',
        'b/c.md unreadable_path',
      ])
      expect(await list(['.', 'b', 'a.md'])).toEqual(['a.md unreadable_path', 'b unreadable_path', 'd.md'])
      chmodSync(join(cwd, 'b'), 0o700)
    })

    it.skipIf(isWindows)('is a pipe, a socket or a device, which is never opened', async () => {
      write('a.md')
      execFileSync('mkfifo', [join(cwd, 'pipe.md')])
      symlinkSync('/dev/zero', join(cwd, 'zero.md'))
      const server = createServer().listen(join(cwd, 'socket.md'))
      await new Promise((resolve) => server.once('listening', resolve))
      expect(await messages(['.'])).toEqual([
        'not_a_file: pipe.md: skipped, a named pipe.',
        'not_a_file: socket.md: skipped, a socket.',
        'not_a_file: zero.md: skipped, a device.',
      ])
      expect(await messages(['pipe.md'])).toEqual([
        'unreadable_path: pipe.md: cannot be read: a named pipe, not a file or folder.',
      ])
      expect(await list(['.', 'pipe.md', 'zero.md'])).toEqual([
        'a.md',
        'pipe.md unreadable_path',
        'socket.md not_a_file',
        'zero.md unreadable_path',
      ])
      await new Promise((resolve) => server.close(resolve))
    })

    it.skipIf(process.platform !== 'linux')('has a name that is not UTF-8', async () => {
      writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from('größe.md', 'latin1')]), 'text')
      expect(await messages(['.'])).toEqual(['vanished: gr\ufffd\ufffde.md: its name is not UTF-8, rename it.'])
    })

    it.skipIf(isWindows)('has a name of several lines, but a message of one', async () => {
      symlinkSync('missing', join(cwd, 'a\n\u001b[31mb.md'))
      expect(await messages(['.'])).toEqual([
        String.raw`broken_link: a\n\u001b[31mb.md: a symbolic link to nothing. Mend or remove it.`,
      ])
    })
  })

  describe.skipIf(isWindows)('symbolic links', () => {
    it('are followed after what is really there, so that each file has its own path', async () => {
      write('real/z.md', 'outside/o.md', 'outside/deep/p.md')
      symlinkSync('z.md', join(cwd, 'real/a-link.md'))
      symlinkSync('../outside', join(cwd, 'real/folder'))
      symlinkSync('../outside/deep', join(cwd, 'real/again'))
      expect(await list(['real'])).toEqual(['real/z.md', 'real/again/p.md', 'real/folder/o.md'])
    })

    it('that lead back to a folder around them are named, and left', async () => {
      write('a/b/c.md')
      symlinkSync('..', join(cwd, 'a/b/loop'))
      symlinkSync(cwd, join(cwd, 'a/up'))
      symlinkSync('self', join(cwd, 'a/self'))
      symlinkSync('/', join(cwd, 'a/root'))
      expect(await list(['a'])).toEqual([
        'a/b/c.md',
        'a/b/loop symlink_loop',
        'a/root symlink_loop',
        'a/self symlink_loop',
        'a/up symlink_loop',
      ])
    })

    it('that lead in a circle end', async () => {
      write('a/1.md', 'b/2.md')
      symlinkSync('../b', join(cwd, 'a/to-b'))
      symlinkSync('../a', join(cwd, 'b/to-a'))
      expect(await list(['a'])).toEqual(['a/1.md', 'a/to-b/2.md'])
    })

    it('to nothing are named', async () => {
      symlinkSync('missing', join(cwd, 'a.md'))
      expect(await messages(['.'])).toEqual(['broken_link: a.md: a symbolic link to nothing. Mend or remove it.'])
      expect(await list(['a.md'])).toEqual(['a.md unreadable_path'])
    })

    it('are read by the extension of the file, if they have none', async () => {
      write('a.md')
      symlinkSync('a.md', join(cwd, 'latest'))
      expect(await list(['latest'])).toEqual(['latest'])
    })
  })

  describe('globs', () => {
    it('find files in folders, and are shown by their paths', async () => {
      write('docs/a.md', 'docs/b.txt', 'docs/in/c.md', 'docs/.hidden/d.md', 'other/e.md')
      expect(await list(['docs/**/*.md'])).toEqual(['docs/a.md', 'docs/in/c.md'])
      expect(await list(['./docs/*.{md,txt}'])).toEqual(['docs/a.md', 'docs/b.txt'])
      expect(await list(['**/[ce].md'])).toEqual(['docs/in/c.md', 'other/e.md'])
    })

    it('that begin with ! leave out what was not named', async () => {
      write('docs/a.md', 'docs/drafts/b.md', 'docs/drafts/c.md')
      expect(await list(['docs', '!**/drafts/**'])).toEqual(['docs/a.md'])
      expect(await list(['docs', '!**/drafts/**', 'docs/drafts/c.md'])).toEqual(['docs/a.md', 'docs/drafts/c.md'])
    })

    it('are none where a file has that name', async () => {
      write('[id].md', 'i.md', '!x.md')
      expect(await list(['[id].md', '!x.md'])).toEqual(['[id].md', '!x.md'])
    })

    it('list a file once that several of them find', async () => {
      write('docs/a.md', 'docs/b.md')
      expect(await list(['docs/b*', 'docs/*.md'])).toEqual(['docs/b.md', 'docs/a.md'])
    })

    it('that find nothing, or search nowhere, are named', async () => {
      write('docs/a.md')
      expect(await messages(['docs/*.mdd', 'missing/*.md'])).toEqual([
        'unreadable_path: missing/*.md: cannot be read: does not exist. Check the path.',
        'unreadable_path: docs/*.mdd: matches no file. Check the pattern.',
      ])
    })
  })

  describe('.gitignore', () => {
    it('leaves out what it says, the innermost file last', async () => {
      write('a.md', 'b.log.md', 'build/c.md', 'docs/d.log.md', 'docs/keep.log.md', 'docs/e.md')
      rules('.gitignore', '*.log.md\n/build/\n')
      rules('docs/.gitignore', '!keep.log.md\ne.md\n')
      expect(await list(['.'])).toEqual(['a.md', 'docs/keep.log.md'])
      expect(await list(['.'], { gitignore: false })).toHaveLength(6)
    })

    it('counts up to the root of the repository, and not beyond', async () => {
      write('repository/.git/config', 'repository/docs/a.md', 'repository/docs/b.md', 'repository/docs/c.md')
      rules('.gitignore', 'a.md\n')
      rules('repository/.gitignore', 'docs/b.md\n')
      expect(await list(['repository/docs'])).toEqual(['repository/docs/a.md', 'repository/docs/c.md'])
      expect(await list(['repository/docs/*.md'])).toEqual(['repository/docs/a.md', 'repository/docs/c.md'])
    })

    it('does not leave out what is named, nor what is in it', async () => {
      write('build/a.md', 'build/b.md', 'c.md')
      rules('.gitignore', 'build\nc.md\n')
      mkdirSync(join(cwd, '.git'))
      expect(await list(['.'])).toEqual([])
      expect(await list(['build', 'c.md'])).toEqual(['build/a.md', 'build/b.md', 'c.md'])
    })
  })

  describe('a version', () => {
    it('is the same for a file that did not change, and another for one that did', async () => {
      write('a.md', 'b.md')
      const clock = createManualClock({ now: Date.now() + 60_000 })
      const versions = async () => (await itemsOf(fileSource(['.'], { cwd, clock }))).map(({ version }) => version)
      const [a, b] = await versions()
      expect(a).toMatch(/^12-\d+-\w+-\w+$/)
      writeFileSync(join(cwd, 'b.md'), 'TEXT of b.md')
      utimesSync(join(cwd, 'b.md'), 1, 1)
      const [sameA, newB] = await versions()
      expect(sameA).toBe(a)
      expect(newB).not.toBe(b)
    })

    it('is none for a file that was written just now: it may be written again at the same time', async () => {
      write('a.md')
      const [item] = await itemsOf(fileSource(['.'], { cwd, clock: createManualClock({ now: Date.now() }) }))
      expect(item!.version).toBe(undefined)
    })
  })

  it('gives a large file as a stream that can be read again', async () => {
    const bytes = Buffer.alloc(3 * 1024 * 1024, 'words ')
    writeFileSync(join(cwd, 'a.txt'), bytes)
    const [item] = await itemsOf(fileSource(['a.txt'], { cwd }))
    const content = await item!.read()
    expect(content).toMatchObject({ repeatable: true, mediaType: 'text/plain' })
    for (let time = 0; time < 2; time++) {
      const pieces: Uint8Array[] = []
      for await (const piece of content!.bytes as AsyncIterable<Uint8Array>) pieces.push(piece)
      expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
    }
    rmSync(join(cwd, 'a.txt'))
    const again = (content!.bytes as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
    await expect(again.next()).rejects.toMatchObject({ code: 'unreadable_path' })
  })

  it('gives one item by its id, by the rules of the listing', async () => {
    write('docs/a.md', 'docs/in/b.md', 'docs/.hidden.md', 'docs/ignored.md', 'other.md')
    writeFileSync(join(cwd, 'docs/.gitignore'), 'ignored.md\n')
    const source = fileSource(['docs', '!**/in/**'], { cwd })
    expect((await source.item!('docs/a.md'))?.id).toBe('docs/a.md')
    for (const id of ['docs', 'docs/in/b.md', 'docs/.hidden.md', 'docs/ignored.md', 'docs/none.md', 'other.md', '../x'])
      expect(await source.item!(id)).toBe(undefined)
    expect((await fileSource(['docs/in/b.md'], { cwd }).item!('docs/in/b.md'))?.id).toBe('docs/in/b.md')
    expect((await fileSource(['**/*.md'], { cwd }).item!('docs/in/b.md'))?.id).toBe('docs/in/b.md')
  })

  it('covers what it would list', () => {
    expect(['docs', 'docs/a.md', 'docs2/a.md', 'a.md'].map((id) => covers('docs/', id))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(['a.md', 'docs/a.md', '/etc/a.md', '../a.md'].map((id) => covers('.', id))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(['docs/a.md', 'docs/a.txt'].map((id) => covers('docs/**/*.md', id))).toEqual([true, false])
  })

  it('hides what was in a folder that was named and is gone', async () => {
    const [item] = await itemsOf(fileSource(['docs'], { cwd }))
    expect(['docs/a.md', 'docs', 'other.md'].map((id) => item!.hides!(id))).toEqual([true, true, false])
  })

  it('leaves out what is behind a "!", a glob or not', async () => {
    write('a/x.md', 'a/README.md', 'a/drafts/y.md', 'b.md')
    expect(await list(['.', '!a/README.md', '!a/drafts'])).toEqual(['a/x.md', 'b.md'])
    expect(await list(['a', '!**/x.md'])).toEqual(['a/README.md', 'a/drafts/y.md'])
    // What it leaves out of one folder says nothing of another.
    expect(fileSource(['a', '!a/drafts/**'], { cwd }).covers!('b.md')).toBe(false)
  })

  it('gives a file by its own path, and not by that of a link to it', async () => {
    write('real/a.md', 'outside.txt')
    symlinkSync('a.md', join(cwd, 'real/link.md'))
    symlinkSync('../outside.txt', join(cwd, 'real/out.txt'))
    const source = fileSource(['real'], { cwd })
    const found = async (id: string) => (await source.item!(id))?.id
    expect(await found('real/a.md')).toBe('real/a.md')
    expect(await found('real/link.md')).toBeUndefined()
    expect(await found('real/out.txt')).toBe('real/out.txt')
    expect((await itemsOf(source)).map(({ id }) => id)).toEqual(['real/a.md', 'real/out.txt'])
  })

  it('lists 2,000 files of one folder', async () => {
    write('x.md')
    for (let index = 0; index < 2000; index++) writeFileSync(join(cwd, `${index}.md`), '#')
    const items = await itemsOf(fileSource(['.'], { cwd }))
    expect(items).toHaveLength(2001)
  })

  it('stops listing and reading when aborted, with the reason as it is', async () => {
    write('a.md', 'b.md')
    const reason = new Error('enough')
    const controller = new AbortController()
    const items = fileSource(['.'], { cwd }).items({ signal: controller.signal })[Symbol.asyncIterator]()
    const first = await items.next()
    controller.abort(reason)
    await expect(items.next()).rejects.toBe(reason)
    await expect(first.value!.read({ signal: controller.signal })).rejects.toBe(reason)
  })

  it.each([
    ['paths', () => fileSource('docs' as never), 'Expected "paths" to be an array of paths, got a string ("docs").'],
    ['paths', () => fileSource(['']), 'Expected "paths" to hold paths that are not empty, got a string ("").'],
    [
      'maxBytes',
      () => fileSource([], { maxBytes: Number.NaN }),
      'Expected "maxBytes" to be a whole number from 1, got a number (NaN).',
    ],
    [
      'ignore',
      () => fileSource([], { ignore: [] as never }),
      'Expected "ignore" to be a function, got an empty array.',
    ],
    ['cwd', () => fileSource([], { cwd: 1 as never }), 'Expected "cwd" to be a path, got a number (1).'],
  ])('refuses wrong %s', (_name, make, message) => {
    expect(make).toThrow(new TypeError(message))
  })
})
