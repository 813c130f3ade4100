import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runRag } from './rag-command.ts'
import { temporaryFolder } from './temporary-folder.ts'

const project = fileURLToPath(new URL('../../../../', import.meta.url))

const handbook = {
  'guide/server.md': '# Server\n\n## Ports\n\nThe server listens on port 7411 unless told otherwise.\n',
  'guide/backup.txt': 'Backups\n\nA backup is written every night at two.\nA backup is kept for thirty days.\n',
  'guide/users.html':
    '<html><head><title>Users</title></head>\n<body>\n<h1>Users</h1>\n<p>Passwords expire after ninety days.</p>\n</body></html>',
}

describe('rag', () => {
  it('answers from the Markdown of the project by default', async () => {
    const { code, stdout, stderr } = await runRag(['How is a layer violation reported?'], { cwd: project })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/who imports whom/)
    expect(stdout).toMatch(/^Citations\n {2}\[\d\] [\w./-]+\.md:\d+$/m)
    expect(code).toBe(0)
  })

  it.each([
    ['Markdown', 'Which port does the server listen on?', 'port 7411', 'guide/server.md', 5],
    ['text', 'How long is a backup kept?', 'thirty days', 'guide/backup.txt', 4],
    ['HTML', 'When do passwords expire?', 'ninety days', 'guide/users.html', 4],
  ])('quotes %s and names its line', async (_, question, words, path, line) => {
    const folder = await temporaryFolder(handbook)
    const { code, stdout } = await runRag([question, '--docs', 'guide', '--json'], { cwd: folder })
    const { answer, citations } = JSON.parse(stdout)
    expect(answer).toContain(words)
    expect(citations).toContainEqual({ number: 1, path, line })
    expect(code).toBe(0)
  })

  it('prints one JSON document', async () => {
    const folder = await temporaryFolder(handbook)
    const words = [
      'Which port does the server listen on?',
      '--docs',
      'guide',
      '--json',
      '--top',
      '2',
      '--budget',
      '500',
    ]
    const { stdout, stderr } = await runRag(words, { cwd: folder })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      question: 'Which port does the server listen on?',
      answered: true,
      answer: expect.stringContaining('[1]'),
      model: 'llm-extractive',
      citations: [{ number: 1, path: 'guide/server.md', line: 5 }],
      unknownCitations: [],
      usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
      cost: 0,
      passages: [
        {
          number: 1,
          path: 'guide/server.md',
          lines: { start: 1, end: 5 },
          headings: ['Server', 'Ports'],
          score: expect.any(Number),
          text: handbook['guide/server.md'].trimEnd(),
        },
      ],
      context: { tokens: expect.any(Number), budget: 500, counter: 'o200k_base' },
      steps: ['ingest', 'search', 'context', 'answer'].map((name) => ({ name, duration: expect.any(Number) })),
      documents: { found: 3, indexed: 3, skipped: 0, failed: 0, chunks: 3, problems: [] },
    })
  })

  it.each(['What is the capital of France?', 'xyzzy', '?!'])(
    'says that nothing is relevant to %j, and exits with 1',
    async (question) => {
      const folder = await temporaryFolder(handbook)
      const { code, stdout } = await runRag([question, '--docs', 'guide', '--json'], { cwd: folder })
      expect(JSON.parse(stdout)).toMatchObject({ answered: false, citations: [] })
      expect(code).toBe(1)
    },
  )

  it('stays within the budget', async () => {
    const folder = await temporaryFolder({
      'a.md': Array.from({ length: 50 }, (_, n) => `# Part ${n}\n\nThe gate ${n} opens at ${n} o'clock.\n`).join('\n'),
    })
    const { stdout } = await runRag(['When does the gate open?', '--docs', 'a.md', '--json', '--budget', '150'], {
      cwd: folder,
    })
    const { context, passages } = JSON.parse(stdout)
    expect(context.tokens).toBeLessThanOrEqual(150)
    expect(passages.length).toBeGreaterThan(0)
  })

  it('prints its help', async () => {
    const { code, stdout, stderr } = await runRag(['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const word of ['--docs', '--top', '--budget', '--model', '--json', 'Exit codes'])
      expect(stdout).toContain(word)
  })

  it('prints its help without loading what answers', async () => {
    const refuse = `import { registerHooks } from 'node:module'
      registerHooks({ load(url, context, next) { if (/[/]packages[/](llm|[^/]+[/](config|ingest))[/]/.test(url)) throw new Error(url); return next(url, context) } })`
    const nodeOptions = [`--import=data:text/javascript,${encodeURIComponent(refuse)}`]
    expect(await runRag(['--help'], { nodeOptions })).toMatchObject({ code: 0, stderr: '' })
  })

  it.each([
    [[], 'rag: A question is expected, as in: rag "How is a layer violation reported?"'],
    [['q', '--top', 'many'], 'rag: --top takes a whole number from 1, got "many".'],
    [
      ['q', '--docs', '.', '--budget', '5'],
      'rag: The question alone takes 66 tokens. Give --budget at least that many, got 5.',
    ],
  ])('refuses %j with exit code 2', async (words, message) => {
    const folder = await temporaryFolder({ 'a.md': 'q' })
    const { code, stdout, stderr } = await runRag(words, { cwd: folder })
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `${message}\nrag --help tells all options.\n`,
    })
  })
})
