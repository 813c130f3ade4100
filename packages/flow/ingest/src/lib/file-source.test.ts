import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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

describe('fileSource', () => {
  it('lists folders by name, files and folders together, and reads what their extension says', async () => {
    write('b.md', 'a/z.HTML', 'a/b/c.txt', 'a.md', 'B.markdown', 'a/é.mdx')
    expect(await list(['.'])).toEqual(['B.markdown', 'a/b/c.txt', 'a/z.HTML', 'a/é.mdx', 'a.md', 'b.md'])
    const [item] = await itemsOf(fileSource(['a/z.HTML'], { cwd }))
    expect(item).toMatchObject({ id: 'a/z.HTML', path: 'a/z.HTML' })
    expect(await item!.read()).toEqual({ bytes: Buffer.from('text of a/z.HTML'), mediaType: 'text/html' })
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
    it('is of a kind that is not known', async () => {
      write('LICENSE', 'a.pdf')
      expect(await messages(['.'])).toEqual([
        'unsupported_kind: LICENSE: skipped, files without an extension cannot be read (only Markdown, text and HTML).',
        'unsupported_kind: a.pdf: skipped, .pdf files cannot be read (only Markdown, text and HTML).',
      ])
    })

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
      truncateSync(join(cwd, 'b.md'), 50_000_000)
      expect(await messages(['.'])).toEqual([
        'too_large: b.md: 50000000 bytes, more than the 10485760 that "maxBytes" allows. Split it.',
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
      write('a\n\u001b[31mb.pdf')
      expect(await messages(['.'])).toEqual([
        String.raw`unsupported_kind: a\n\u001b[31mb.pdf: skipped, .pdf files cannot be read (only Markdown, text and HTML).`,
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
