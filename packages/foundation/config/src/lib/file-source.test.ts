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

  // In a process of its own: the test runner transforms modules before Node sees them.
  it('says on which line a module has a syntax error, and does not quote it', async () => {
    const path = await write('syntax.ts', '// one\nexport default {\n  key: "hunter2" "x" }')
    const script = `
      import { fileSource } from ${JSON.stringify(new URL('file-source.ts', import.meta.url).href)}
      const { signal } = new AbortController()
      try {
        await fileSource(${JSON.stringify(path)}).load({ signal, jsonSchema: {}, below: {} })
      } catch (error) {
        console.log(error)
      }`
    const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', script])
    expect(stdout).toContain('Expected a module that Node can run, received a syntax error.')
    expect(stdout).toContain(`place: '${path}:3'`)
    expect(stdout).not.toContain('hunter2')
  })

  it('survives deep and exploding YAML', async () => {
    const lines = Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`)
    await expect(load(await write('bomb.yaml', ['a0: &a0 x', ...lines].join('\n')))).rejects.toThrow('too many aliases')
    await expect(load(await write('deep.yaml', '['.repeat(50_000)))).rejects.toThrow('Expected YAML')
  })

  it('reports a path that is a folder', async () => {
    await mkdir(join(folder, 'folder.json'))
    await expect(load(join(folder, 'folder.json'))).rejects.toThrow(
      'Expected a file that can be read, received EISDIR.',
    )
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

  it.each(['', 3, 'a\0b'])('refuses the path %j', (path) => {
    expect(() => fileSource(path as string)).toThrow('path must be the path or file URL of a file, got ')
  })
})
