import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { deflateSync } from 'node:zlib'
import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { createFakeS3 } from '@empire/test-support/fake-s3'
import { createFakeServer } from '@empire/test-support/fake-server'
import { service } from '@empire/test-support/services'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { whileLocked } from './lock-index.ts'
import { runCommand } from './run-command.ts'

const question = 'Which port does the server listen on?'
const text = 'The server listens on port 7411.'

// Servers, databases and clients of vendors are loaded here.
vi.setConfig({ testTimeout: 30_000 })

// What the command loads late is not to be in the time of the first test.
beforeAll(() => import('./run-ingest.ts'))

let folder: string
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'rag-')))
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
  for (const name of ['RAG_AUTHORIZATION', 'PGPASSWORD', 'AWS_PROFILE', 'OPENAI_API_KEY']) vi.stubEnv(name, undefined)
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

async function rag(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await runCommand({
    words,
    stdout: { write: (piece: string) => void (out += piece) },
    stderr: { write: (piece: string) => void (err += piece) },
  })
  return { code, out, err }
}

const index = (): string => join(folder, 'docs.db')
const ingest = (...words: string[]) => rag('ingest', ...words, '--index', index())
const json = async (...words: string[]) => JSON.parse((await rag(...words, '--index', index(), '--json')).out)
const refused = (message: string) => ({ code: 2, out: '', err: `rag: ${message}\nrag --help tells all options.\n` })

describe('rag ingest of pages', () => {
  it('does not keep an address that has never had anything', async () => {
    await using server = await createFakeServer(() => ({ status: 404, body: '' }))
    expect(await ingest(`${server.url}/nope`)).toEqual({
      code: 2,
      out: '1 found: 0 indexed, 0 unchanged, 0 deleted, 1 skipped, 0 failed; 0 chunks written\n',
      err: `${server.url}/nope: the server does not have it any more (status 404).\n`,
    })
    expect((await json('status')).sources).toEqual([])
  })

  it('reads a page, and sends a host its own header alone', async () => {
    const asked: (string | undefined)[] = []
    await using server = await createFakeServer(({ headers, target }) => {
      if (target === '/robots.txt') return { status: 404, body: '' }
      asked.push(headers['authorization'])
      return { status: 200, headers: { 'content-type': 'text/markdown' }, body: `# ${target}\n\n${text}\n` }
    })
    const { host } = new URL(server.url)
    vi.stubEnv('RAG_AUTHORIZATION', `other.example.com Bearer no\n${host} Bearer yes`)
    expect(await ingest(`${server.url}/a#top`)).toMatchObject({ code: 0, err: '' })
    expect(await ingest(`${server.url}/b`)).toMatchObject({ code: 0, err: '' })
    expect(await json('status')).toMatchObject({ sources: [`${server.url}/a`, `${server.url}/b`], documents: 2 })
    expect(asked).toEqual(['Bearer yes', 'Bearer yes'])
    const { citations } = await json('ask', question)
    expect(citations[0].path).toBe(`${server.url}/a`)
  })

  it('reads the records of an API, page by page, and again on the next run', async () => {
    await using server = await createFakeServer(({ url }) => {
      const isLast = url.searchParams.get('cursor') === 'two'
      const items = isLast ? [{ slug: 'b', body: 'Cats sleep.' }] : [{ slug: 'a', body: text }]
      return { status: 200, body: { items, ...(isLast ? {} : { meta: { cursor: 'two' } }) } }
    })
    const words = ['--records', '/items', '--next', 'cursor=/meta/cursor', '--id', '/slug']
    expect(await ingest(`${server.url}/articles`, ...words)).toMatchObject({ code: 0, err: '' })
    expect((await ingest()).out).toMatch(/^2 found: 0 indexed, 2 unchanged/)
    const { citations } = await json('ask', question)
    expect(citations[0].path).toBe(`${server.url}/articles#a`)
  })

  it.each([
    ['https://ada:secret@example.com/', 'a user or password'],
    ['https://example.com/?api_key=secret', 'a secret (api_key)'],
  ])('keeps no secret of %s', async (address, what) => {
    expect(await ingest(address)).toEqual(
      refused(
        `The address at example.com has ${what}, which would be kept in the index. Set RAG_AUTHORIZATION to "example.com <value of the header Authorization>" instead.`,
      ),
    )
  })
})

describe('rag ingest of S3', () => {
  it('reads what begins with a prefix, with the keys of the environment', async () => {
    await using s3 = await createFakeS3()
    s3.put('bucket', 'docs/a.md', text)
    s3.put('bucket', 'docs/deep/b.md', 'Cats sleep.')
    s3.put('bucket', 'other.md', 'Dogs bark.')
    vi.stubEnv('AWS_ENDPOINT_URL_S3', s3.url)
    vi.stubEnv('AWS_REGION', 'us-east-1')
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'fake-access-key')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'fake-secret-key')
    // What begins with more is not read, and counted, twice.
    expect((await ingest('s3://bucket/docs/', 's3://bucket/docs/deep')).out).toMatch(/^2 found: 2 indexed/)
    expect((await json('ask', question)).citations[0].path).toBe('s3://bucket/docs/a.md')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong')
    const { code, err } = await ingest('s3://bucket/')
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(
        /^s3:\/\/bucket\/: S3 refuses it: .* Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE\.\n$/,
      ),
    ])
    expect((await json('status')).sources).toEqual(['s3://bucket/docs/', 's3://bucket/docs/deep'])
  })

  it('takes no keys in an address', async () => {
    const { code, err } = await ingest('s3://key:secret@bucket/docs')
    expect([code, err.includes('secret')]).toEqual([2, false])
  })
})

describe('rag ingest of PostgreSQL', () => {
  const postgres = service('postgres')

  it.skipIf(!postgres.available)('reads the rows of a query, and keeps no password', async () => {
    const address = new URL(postgres.url)
    address.password = 'not-to-be-kept'
    const query = `select 'a' as id, '${text}' as body union all select 'b', 'Cats sleep.' order by 1`
    expect(await ingest(address.href, '--query', query)).toMatchObject({ code: 0, err: '' })
    address.password = ''
    const status = await rag('status', '--index', index(), '--json')
    expect(JSON.parse(status.out)).toMatchObject({ sources: [`${address.href}#${query}`], documents: 2 })
    expect((await ingest()).out).toMatch(/^2 found: 0 indexed, 2 unchanged/)
    expect((await json('ask', question)).citations[0].path).toBe(`postgres://${address.host}${address.pathname}/a`)
  })

  it.skipIf(!postgres.available)(
    'names a database that cannot be read, without query and password, and indexes the rest',
    async () => {
      await writeFile(join(folder, 'a.md'), text)
      const address = new URL(postgres.url)
      address.password = 's3cr3t-word'
      const { code, out, err } = await ingest(address.href, 'a.md', '--query', 'select nothing')
      address.password = ''
      expect(code).toBe(2)
      expect(out).toMatch(/^1 found: 1 indexed/)
      expect(err).toBe(`${address.href}: the query failed: column "nothing" does not exist (SQLSTATE 42703).\n`)
      expect((await json('status')).sources).toEqual([join(folder, 'a.md')])
    },
  )

  it.each([
    [
      ['postgres://localhost/shop'],
      'A source postgres://… needs a query, as in: --query "select id, title, body from articles order by id"',
    ],
    [['docs', '--query', 'select 1'], '--query is about one source postgres://…, but 0 are given. Give one at a time.'],
    [
      ['postgres://ada:pa#ss@localhost/shop'],
      'A source postgres://… is no URL. Signs such as "#" in a password are written as %23.',
    ],
    [
      ['https://example.com', '--records', 'items'],
      '--records takes a place in a page, as /items, or "." for the whole page, got "items".',
    ],
    [
      ['https://example.com', '--id', '/slug'],
      '--next and --id are about a JSON API. Give --records, too, as in: --records /items',
    ],
    [[''], 'A source is expected, as in: rag ingest ./docs --index docs.db, got an empty word.'],
    [
      ['ftp://example.com'],
      'The source ftp://… cannot be read. Sources are files, folders, globs, http(s)://…, s3://… and postgres://….',
    ],
  ])('refuses %j', async (words, message) => {
    expect(await ingest(...words)).toEqual(refused(message))
  })
})

describe('rag ingest --embedder', () => {
  it('makes vectors once, asks by both, and refuses another embedder', async () => {
    await using gemini = await createFakeGemini([], { apiKey: 'key', dimensions: 8 })
    vi.stubEnv('GEMINI_API_KEY', 'key')
    vi.stubEnv('GOOGLE_GEMINI_BASE_URL', gemini.url)
    await writeFile(join(folder, 'a.md'), text)
    await writeFile(join(folder, 'b.md'), 'Cats sleep.')
    const name = 'gemini:embed-x'
    expect(await ingest('.', '--embedder', name)).toMatchObject({ code: 0, err: '' })
    // One for the length, one for both documents.
    expect(gemini.requests).toHaveLength(2)
    expect(await ingest()).toMatchObject({ code: 0, err: '' })
    expect(gemini.requests).toHaveLength(2)
    expect(await json('status')).toMatchObject({ embedder: name, chunks: 2 })
    // By vectors, what shares no word with the question is found, too.
    const { passages } = await json('ask', question)
    expect(passages.map(({ path }: { path: string }) => path)).toEqual(['a.md', 'b.md'])
    expect(await rag('ask', question, '--index', index(), '--embedder', 'gemini:embed-y')).toEqual(
      refused(
        `The vectors of ${index()} are those of ${name}, and cannot be compared with those of gemini:embed-y. Leave out --embedder, or fill another index with it.`,
      ),
    )
    vi.stubEnv('GEMINI_API_KEY', undefined)
    vi.stubEnv('GOOGLE_API_KEY', undefined)
    // What was asked before is known.
    expect(await rag('ask', question, '--index', index())).toMatchObject({ code: 0 })
    await writeFile(join(folder, 'c.md'), 'Dogs bark.')
    const missing = {
      code: 2,
      err: `rag: The model ${name} needs a key. Set GEMINI_API_KEY or GOOGLE_API_KEY to one.\n`,
    }
    expect(await rag('ask', 'What else?', '--index', index())).toMatchObject(missing)
    expect(await ingest()).toMatchObject(missing)
    // What takes out needs no vectors.
    expect(await rag('forget', '.', '--index', index())).toMatchObject({
      code: 0,
      out: '1 forgotten: 3 documents deleted, 0 failed\n',
    })
  })

  it('refuses one for an index that has no vectors, and a name of none', async () => {
    await writeFile(join(folder, 'a.md'), text)
    await ingest('a.md')
    expect(await ingest('a.md', '--embedder', 'openai:x')).toEqual(
      refused(
        `The index ${index()} was made without an embedder, and has no vectors. Leave out --embedder openai:x, or fill another index with it.`,
      ),
    )
    expect(await ingest('a.md', '--embedder', 'claude:x')).toEqual(
      refused(
        'There is no embedder "claude:x". The embedders are gemini:<name> and openai:<name>, also with @<base URL>.',
      ),
    )
  })

  it('is no help to a file that is no index', async () => {
    await writeFile(join(folder, 'a.md'), text)
    await writeFile(index(), text.repeat(200))
    for (const words of [[], ['--embedder', 'gemini:x']]) {
      expect(await ingest('a.md', ...words)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^rag: Expected "[^"]*docs\.db" to be a sound SQLite database, but: /),
      })
    }
  })

  it('stops at once when the key is wrong, and leaves nothing', async () => {
    await using gemini = await createFakeGemini([], { apiKey: 'right' })
    vi.stubEnv('GEMINI_API_KEY', 'wrong-key-that-is-long')
    vi.stubEnv('GOOGLE_GEMINI_BASE_URL', gemini.url)
    await writeFile(join(folder, 'a.md'), text)
    const { code, err } = await ingest('a.md', '--embedder', 'gemini:x')
    expect([code, err.includes('wrong-key')]).toEqual([69, false])
    expect(await rag('status', '--index', index())).toMatchObject({ code: 2 })
    vi.stubEnv('GEMINI_API_KEY', 'right')
    await ingest('a.md', '--embedder', 'gemini:x')
    vi.stubEnv('GEMINI_API_KEY', 'wrong-key-that-is-long')
    for (let count = 0; count < 5; count++) await writeFile(join(folder, `${count}.md`), `${count}`)
    const before = gemini.requests.length
    expect(await ingest('*.md')).toMatchObject({ code: 69, out: '' })
    expect(gemini.requests.length).toBe(before + 1)
  })
})

describe('an index file', () => {
  it('is none of another program, which is left as it is', async () => {
    await writeFile(join(folder, 'a.md'), text)
    const database = new DatabaseSync(index())
    database.exec('CREATE TABLE orders (id)')
    const message = `${index()} is a database of another program, which has the table "orders". Give --index another file.`
    expect(await ingest('a.md')).toEqual(refused(message))
    expect(await rag('ask', question, '--index', index())).toEqual(refused(message))
    expect(database.prepare('SELECT name FROM sqlite_master').all()).toEqual([{ name: 'orders' }])
    database.close()
  })

  it('is none if it is empty, but may be filled', async () => {
    await writeFile(join(folder, 'a.md'), text)
    await writeFile(index(), '')
    const message = `There is no index ${index()}. Make it with: rag ingest ./docs --index ${index()}`
    expect(await rag('status', '--index', index())).toEqual(refused(message))
    expect(await ingest('a.md')).toMatchObject({ code: 0 })
  })

  it('among the documents is none of them', async () => {
    await writeFile(join(folder, 'a.md'), text)
    expect((await ingest('.')).out).toMatch(/^1 found: 1 indexed/)
    expect((await ingest('./**')).out).toMatch(/^1 found: 0 indexed, 1 unchanged/)
  })

  it('counts a document once that failed since it was indexed', async () => {
    await writeFile(join(folder, 'a.json'), JSON.stringify({ text }))
    await ingest('a.json')
    await writeFile(join(folder, 'a.json'), '{')
    expect(await ingest('a.json')).toMatchObject({ code: 1 })
    expect(await json('status')).toMatchObject({ documents: 1, deadLetters: 1, outdated: 1 })
    expect((await json('ask', question)).documents).toMatchObject({ found: 1, indexed: 0, failed: 1 })
  })

  it('knows its sources also when the first run was stopped', async () => {
    await writeFile(join(folder, 'a.md'), text)
    const stop = new AbortController()
    const stderr = { isTTY: true, write: () => stop.abort('enough') }
    const run = runCommand({
      words: ['ingest', 'a.md', '--index', index()],
      stdout: { write() {} },
      stderr,
      signal: stop.signal,
    })
    await expect(run).rejects.toBe('enough')
    expect(await ingest()).toMatchObject({ code: 0, err: '' })
  })
})

describe('PDF files', () => {
  // One page that says what the text says.
  const page = deflateSync(`BT /F1 12 Tf 72 720 Td (${text}) Tj ET`)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Length ${page.length} /Filter /FlateDecode >>\nstream\n${page.toString('latin1')}\nendstream`,
  ]
  const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('')
  const pdf = Buffer.from(`%PDF-1.4\n${body}trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n`, 'latin1')

  it('are read into an index, and for one question', async () => {
    await writeFile(join(folder, 'a.pdf'), pdf)
    expect(await ingest('a.pdf')).toMatchObject({ code: 0, err: '' })
    expect((await json('ask', question)).citations[0].path).toBe('a.pdf')
    expect((await rag(question, '--docs', 'a.pdf')).out).toContain(`${text} [1]`)
  })
})

describe('two at a time', () => {
  it('the second says so, and ends with 75', async () => {
    await writeFile(join(folder, 'a.md'), text)
    await ingest('a.md')
    const busy = { code: 75, out: '', err: `rag: Another rag writes to ${index()}. Run this again when it is done.\n` }
    await whileLocked(index(), async () => {
      expect(await ingest('a.md')).toEqual(busy)
      expect(await rag('dead-letters', 'replay', '--index', index())).toEqual(busy)
      expect(await rag('ask', question, '--index', index())).toMatchObject({ code: 0 })
    })
    expect(await ingest('a.md')).toMatchObject({ code: 0 })
  })

  it('is none when what a killed one left is there', async () => {
    await writeFile(join(folder, 'a.md'), text)
    await writeFile(`${index()}.lock`, '')
    expect(await ingest('a.md')).toMatchObject({ code: 0 })
  })
})

describe('rag --trace', () => {
  it('writes the page of the run, also of one that failed, and tells where it is', async () => {
    await writeFile(join(folder, 'a.md'), text)
    await ingest('a.md')
    const page = join(folder, 'page.html')
    const { code, err } = await rag('ask', '--trace', page, question, '--index', index())
    expect([code, err]).toEqual([0, `The page of the run: ${page}\n`])
    const html = await readFile(page, 'utf8')
    for (const step of ['ingest', 'search', 'context', 'answer']) expect(html).toContain(`title="${step}">${step}</th>`)
    expect(html.match(/<code>sha256:[0-9a-f]{64}<\/code>/g)).toHaveLength(11)
    expect(html).not.toContain('none: ')
    const failed = await rag('ask', question, '--index', index(), '--budget', '1', '--trace', page)
    expect(failed).toMatchObject({ code: 2, err: expect.stringContaining(`The page of the run: ${page}\n`) })
    expect(await readFile(page, 'utf8')).toContain('The question alone takes')
  })

  it('opens it for a person', async () => {
    await writeFile(join(folder, 'a.md'), text)
    const opened: string[] = []
    let err = ''
    const code = await runCommand({
      words: ['--trace', question, '--docs', 'a.md'],
      stdout: { write() {} },
      stderr: { write: (piece: string) => void (err += piece) },
      openPage: async (path) => opened.push(path) > 0,
    })
    expect([code, err]).toEqual([0, `Opened the page of the run: ${opened[0]}\n`])
    await rm(join(opened[0]!, '..'), { recursive: true })
  })

  it('says that a page cannot be written, before anything is asked', async () => {
    const { code, out, err } = await rag(question, '--trace=no/page', '--docs', folder)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^rag: The page no\/page cannot be written: ENOENT: /)
  })
})
