import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect, promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createConfig } from './create-config.ts'
import { fileSource } from './file-source.ts'

const execute = promisify(execFile)
const context = { signal: new AbortController().signal, jsonSchema: {}, below: {} }
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'empire-config-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function load(path: string): Promise<unknown> {
  return (await fileSource(path).load(context)).values
}

/** In a process of its own, since the test runner transforms modules before Node sees them. */
async function runNode(program: string): Promise<string> {
  const imports = `import { fileSource } from ${JSON.stringify(new URL('file-source.ts', import.meta.url).href)}`
  const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', `${imports}\n${program}`])
  return stdout
}

describe('fileSource', () => {
  it.each([
    ['a.json', '{"server": {"port": 80}}'],
    ['b.yaml', 'server:\n  port: 80\n'],
    ['c.yml', '{server: {port: 80}} # flow'],
    ['d.ts', 'const port: number = 80\nexport default { server: { port } } satisfies object\n'],
    ['e.mjs', 'export default { server: { port: await Promise.resolve(80) } }\n'],
    ['f.JSON', '\uFEFF{"server":{"port":80}}\r\n'],
    ['g.yaml', '\uFEFFserver:\r\n  port: 80\r\n'],
    ['h.json', '{"$schema": "./shop.schema.json", "server": {"port": 80}}'],
  ])('reads %s', async (name, text) => {
    await expect(load(await write(name, text))).resolves.toEqual({ server: { port: 80 } })
  })

  it('reads an empty YAML file as no settings', async () => {
    await expect(load(await write('empty.yaml', '# nothing yet\n'))).resolves.toEqual({})
  })

  it('keeps words that older YAML took for booleans, and dates, as text', async () => {
    await expect(load(await write('words.yaml', 'a: no\nb: 2026-01-01\n'))).resolves.toEqual({
      a: 'no',
      b: '2026-01-01',
    })
  })

  it('runs a module again when its text has changed', async () => {
    const source = fileSource(await write('changes.ts', 'export default { a: 1 as number }'))
    await source.load(context)
    await write('changes.ts', 'export default { a: 2 as number }')
    await expect(source.load(context)).resolves.toMatchObject({ values: { a: 2 } })
  })

  it('runs a module again that has failed', async () => {
    const text = `if (!process.env.EMPIRE_CONFIG_TEST) throw new Error('not ready')\nexport default { a: 1 }`
    const source = fileSource(await write('fails.mjs', text))
    await expect(source.load(context)).rejects.toThrow('not ready')
    vi.stubEnv('EMPIRE_CONFIG_TEST', 'ready')
    await expect(source.load(context)).resolves.toMatchObject({ values: { a: 1 } })
    vi.unstubAllEnvs()
  })

  it('takes a file URL', async () => {
    const path = await write('url.json', '{"a": 1}')
    await expect(fileSource(pathToFileURL(path)).load(context)).resolves.toMatchObject({ values: { a: 1 } })
  })

  it('finds the one file with an extension that it can read', async () => {
    await write('shop.config.yml', 'a: 1')
    await expect(load(join(folder, 'shop.config'))).resolves.toEqual({ a: 1 })
    await write('shop.config.json', '{}')
    await expect(load(join(folder, 'shop.config'))).rejects.toThrow(
      `Expected one file ${join(folder, 'shop.config')}, received shop.config.json and shop.config.yml.`,
    )
  })

  it('may be missing only if it is optional', async () => {
    const path = join(folder, 'missing', 'none.yaml')
    await expect(load(path)).rejects.toThrow('Expected a file there, received no such file.')
    await expect(load(join(folder, 'none'))).rejects.toThrow(
      `Expected one of the files ${join(folder, 'none')}{.json,.yaml,.yml,.ts,.mts,.js,.mjs} there, received no such file.`,
    )
    await expect(fileSource(path, { optional: true }).load(context)).resolves.toEqual({ values: {} })
  })

  it.each([
    ['a.yaml', 'server:\n  port: 80\n  tags:\n    - x\n', ['server', 'tags', '0'], 'a.yaml:4:7'],
    ['a.yaml', 'server:\n  port: 80\n', ['server', 'port'], 'a.yaml:2:3'],
    ['a.yaml', 'server:\n  port: 80\n', ['server', 'host'], 'a.yaml'],
    ['a.json', '{\n\t"server": {\n\t\t"port": 80\n\t}\n}', ['server', 'port'], 'a.json:3:3'],
    ['a.ts', 'export default {}', ['server'], 'a.ts'],
  ])('says where in %s a value is', async (name, text, path, place) => {
    const loaded = await fileSource(await write(name, text)).load(context)
    await expect(Promise.resolve(loaded.locate?.(path))).resolves.toBe(join(folder, place))
  })

  it.each([
    ['open.yaml', 'key: [hunter2', 'Expected YAML, received a fault (bad indent).'],
    ['twice.yaml', 'key: hunter2\nkey: hunter2', 'Expected YAML, received a fault (duplicate key).'],
    ['tag.yaml', 'key: !hunter2 x', 'Expected YAML, received a fault (tag resolve failed).'],
    [
      'alias.yaml',
      'key: *hunter2',
      'Expected YAML, received an alias without its anchor, too many aliases, or too many levels.',
    ],
    ['two.yaml', 'key: 1\n---\nkey: hunter2', 'Expected YAML, received a fault (multiple docs).'],
    ['tag.yaml', 'key: {{ hunter2 }}', 'Expected YAML, received a fault (non string key).'],
    ['duplicate.json', '{"key": "hunter2", "key": 1}', 'Expected each key once, received it again.'],
    ['value.json', '{"key": hunter2}', 'Expected JSON, received something else.'],
    [
      'named.ts',
      'export const key = "hunter2"',
      'Expected a module that exports its settings as default, received one without a default export.',
    ],
    ['bytes.json', new Uint8Array([0x22, 0xff, 0x22]), 'Expected text in UTF-8, received other bytes.'],
  ])('says what is wrong with %s, and does not quote it', async (name, text, message) => {
    const error: unknown = await load(await write(name, text)).catch((fault: unknown) => fault)
    expect(error).toMatchObject({ message })
    expect(inspect(error)).not.toContain('hunter2')
  })

  it.each([
    ['syntax.ts', '// one\nexport default {\n  key: "hunter2" "x" }', 'a syntax error', 'syntax.ts:3'],
    ['reference.ts', '// one\nexport default {\n  key: hunter2 }', 'a name that is not defined', 'reference.ts:3'],
    ['imports.ts', 'import "./syntax.ts"\nexport default {}', 'a syntax error', 'syntax.ts:3'],
  ])('says on which line %s is wrong, and does not quote it', async (name, text, received, place) => {
    const output = await runNode(`
      const { signal } = new AbortController()
      const failed = await fileSource(${JSON.stringify(await write(name, text))})
        .load({ signal, jsonSchema: {}, below: {} })
        .catch((error) => error)
      console.log(failed)`)
    expect(output).toContain(`Expected a module that Node can run, received ${received}.`)
    expect(output).toContain(`place: '${join(folder, place)}'`)
    expect(output).not.toContain('hunter2')
  })

  it('runs a module again when a file has changed that it imports, however far, and watches that file', async () => {
    const path = await write('main.ts', `import { near } from './near.ts'\nexport default { near }`)
    await write('near.ts', `import far from './far.json' with { type: 'json' }\nexport const near: number = far.value`)
    await write('far.json', '{ "value": 1 }')
    const output = await runNode(`
      import { writeFileSync } from 'node:fs'
      const source = fileSource(${JSON.stringify(path)})
      const { signal } = new AbortController()
      const load = async () => (await source.load({ signal, jsonSchema: {}, below: {} })).values
      let next = Promise.withResolvers()
      const stop = source.watch(() => next.resolve(), next.reject)
      const first = await load()
      console.log(first, (await load()).near === first.near)
      writeFileSync(${JSON.stringify(join(folder, 'far.json'))}, '{ "value": 2 }')
      // A watch does not keep the process.
      const busy = setInterval(() => {}, 1_000)
      await next.promise
      clearInterval(busy)
      console.log(await load())
      stop()`)
    expect(output).toBe('{ near: 1 } true\n{ near: 2 }\n')
  })

  it('survives deep and exploding YAML', async () => {
    const lines = Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`)
    await expect(load(await write('bomb.yaml', ['a0: &a0 x', ...lines].join('\n')))).rejects.toThrow('too many aliases')
    await expect(load(await write('deep.yaml', '['.repeat(50_000)))).rejects.toThrow('Expected YAML')
  })

  it('reports a path that is a folder', async () => {
    await mkdir(join(folder, 'folder.json'))
    await expect(load(join(folder, 'folder.json'))).rejects.toThrow('Expected a file, received a folder.')
  })

  it('reloads a config when the file is replaced, and keeps the last good one', async () => {
    const path = await write('watched.yaml', 'port: 1')
    let failed = Promise.withResolvers<unknown>()
    const config = await createConfig({
      schema: z.object({ port: z.int() }),
      sources: [fileSource(path)],
      watch: true,
      onError: (error) => failed.resolve(error),
    })
    const replace = async (text: string): Promise<void> => rename(await write('new.yaml', text), path)
    const changed = new Promise((resolve) => config.subscribe('port', ({ after }) => resolve(after)))
    for (const text of ['port: x', 'port: [']) {
      await replace(text)
      await expect(failed.promise).resolves.toMatchObject({ code: 'invalid_config' })
      expect(config.get().port).toBe(1)
      failed = Promise.withResolvers()
    }
    await replace('port: 2')
    await expect(changed).resolves.toBe(2)
    await config.close()
  })

  it('throws the reason of an abort', async () => {
    const reason = new Error('too late')
    const source = fileSource(await write('late.json', '{}'))
    await expect(source.load({ ...context, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it('reads no pipe, which may have no end, and nothing that is too large', async () => {
    await execute('mkfifo', [join(folder, 'pipe.json')])
    await expect(load(join(folder, 'pipe.json'))).rejects.toThrow(
      'Expected a file, received something else, such as a pipe.',
    )
    await expect(load(await write('large.json', new Uint8Array(2 ** 24 + 1)))).rejects.toThrow(
      'Expected a file of at most 16777216 bytes, received one of 16777217.',
    )
  })

  it.each(['', 3, 'a\0b'])('refuses the path %j', (path) => {
    expect(() => fileSource(path as string)).toThrow('path must be the path or file URL of a file, got ')
  })

  it('refuses other wrong arguments', () => {
    expect(() => fileSource(new URL('https://a.test/b.json'))).toThrow(
      new TypeError('path must be the path or file URL of a file, got a URL of https:.'),
    )
    expect(() => fileSource('a', null as never)).toThrow(new TypeError('options must be an object, got null.'))
    expect(() => fileSource('a', { optional: 1 as never })).toThrow(
      new TypeError('optional must be a boolean, got a number (1).'),
    )
  })
})
