import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadSettings } from './settings.ts'

const before = process.cwd()
let folder: string | undefined

async function enterFolder(files: Readonly<Record<string, string>> = {}): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'settings-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  process.chdir(folder)
}

afterEach(async () => {
  vi.unstubAllEnvs()
  process.chdir(before)
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

describe('loadSettings', () => {
  it('has defaults for all but the documents', async () => {
    await enterFolder()
    expect(await loadSettings({})).toEqual({ top: 8, budget: 4000, model: 'llm-extractive' })
  })

  it('lets the environment win over the file, and the command line over both', async () => {
    await enterFolder({ 'empire.config.yaml': 'rag:\n  top: 2\n  budget: 200\n  docs: [guide]\n' })
    vi.stubEnv('EMPIRE_CONFIG_RAG__TOP', '3')
    vi.stubEnv('EMPIRE_CONFIG_RAG__BUDGET', '300')
    expect(await loadSettings({ budget: 400, top: undefined })).toMatchObject({ top: 3, budget: 400, docs: ['guide'] })
  })

  it('refuses what it does not know, with its place and what was meant', async () => {
    await enterFolder({ 'empire.config.json': '{ "rag": { "topp": 2 } }' })
    await expect(loadSettings({})).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/empire\.config\.json:1:\d+.*topp.*top/s),
    })
  })

  it('refuses what is out of range', async () => {
    await enterFolder({ 'empire.config.json': '{ "rag": { "top": 0 } }' })
    await expect(loadSettings({})).rejects.toMatchObject({ code: 'usage' })
  })

  it('gives up when it is told to', async () => {
    await enterFolder()
    const reason = new Error('enough')
    await expect(loadSettings({}, AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
