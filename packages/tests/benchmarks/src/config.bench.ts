import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConfig, environmentSource, fileSource, valuesSource } from '@empire/config'
import { measure } from '@empire/test-support/measure'
import { loadConfig } from 'c12'
import { importTime } from './import-time.ts'
import type { Table } from './table.ts'

export const description =
  'Reading a setting, and loading all of them from defaults, a file, the environment and overrides. c12 does not ' +
  'validate and has no environment source; our schema is written by hand, so that no schema library is measured.'

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const folder = await mkdtemp(join(tmpdir(), 'empire-bench-config-'))
  try {
    // c12 imports .json as a module, which Node keeps: it would read it once, and never see a change.
    for (const name of ['shop.json', 'shop.jsonc']) await writeFile(join(folder, name), JSON.stringify(fileValues))
    await writeFile(join(folder, 'shop.yaml'), yamlText)
    return [
      await reading(folder, quick ? 3 : 31),
      await loading(folder, quick ? 3 : 31),
      await changing(quick ? 3 : 31),
      await imports(quick ? 3 : 15),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const sectionNames = Array.from({ length: 20 }, (_, index) => `section${index}`)
const defaults = settingsOf((name) => ({
  name,
  host: 'localhost',
  port: 80,
  tags: ['a', 'b'],
  pool: { size: 5, idle: 30 },
}))
const fileValues = settingsOf((name) => ({ host: `${name}.example.com`, pool: { size: 10 } }))
const overrides = { section0: { port: 8080 } }
const variables = { SHOP_SECTION1__PORT: '9090', SHOP_SECTION2__POOL__IDLE: '60' }
const yamlText = sectionNames.map((name) => `${name}:\n  host: ${name}.example.com\n  pool:\n    size: 10\n`).join('')

function settingsOf(section: (name: string) => object): Record<string, object> {
  return Object.fromEntries(sectionNames.map((name) => [name, section(name)]))
}

type Settings = Record<string, { readonly port: number }>

const schema = {
  '~standard': {
    version: 1 as const,
    vendor: 'bench',
    types: undefined as { input: unknown; output: Settings } | undefined,
    validate(value: unknown) {
      const settings = value as Settings
      const wrong = Object.keys(settings).find((name) => typeof settings[name]?.port !== 'number')
      return wrong === undefined
        ? { value: settings }
        : { issues: [{ message: 'expected number', path: [wrong, 'port'] }] }
    },
  },
}

function ours(folder: string, file: string) {
  const sources = [
    valuesSource('defaults', defaults),
    fileSource(join(folder, file)),
    environmentSource('SHOP_', { variables }),
    valuesSource('overrides', overrides),
  ]
  return createConfig({ schema, sources })
}

function peer(cwd: string, configFile: string) {
  const nothingElse = { rcFile: false, packageJson: false, dotenv: false, envName: false, extend: false } as const
  return loadConfig({ cwd, configFile, defaults, overrides, ...nothingElse })
}

async function reading(folder: string, samples: number): Promise<Table> {
  const config = await ours(folder, 'shop.json')
  const plain = (await peer(folder, 'shop.jsonc')).config as Settings
  let sum = 0
  const times = await measure(
    {
      'c12: a member of its object': () => (sum += plain.section0?.port ?? 0),
      '@empire/config: get()': () => (sum += config.get().section0?.port ?? 0),
    },
    { samples },
  )
  if (Number.isNaN(sum)) throw new Error('A setting was not read.')
  return {
    title: 'Reading a setting, ns',
    columns: ['', 'ns'],
    rows: times.map(({ name, median }) => [name, median * 1e6]),
  }
}

async function loading(folder: string, samples: number): Promise<Table> {
  const rows: (string | number)[][] = []
  for (const [file, peerFile] of [
    ['shop.json', 'shop.jsonc'],
    ['shop.yaml', 'shop.yaml'],
  ] as const) {
    const candidates = { c12: () => peer(folder, peerFile), '@empire/config': () => ours(folder, file) }
    for (const { name, median } of await measure(candidates, { samples })) rows.push([name, file, median * 1000])
  }
  return { title: 'Loading 20 sections, warm, µs', columns: ['', 'file', 'µs'], rows }
}

async function changing(samples: number): Promise<Table> {
  let port = 0
  const config = await createConfig({
    schema,
    sources: [valuesSource('defaults', defaults), valuesSource('changes', () => ({ section0: { port: ++port } }))],
  })
  const reload = async (): Promise<unknown> => await config.reload()
  const rows: (string | number)[][] = []
  for (const listeners of [0, 1000]) {
    for (let count = 0; count < listeners; count++) config.subscribe(`section${count % 20}`, () => {})
    const [time] = await measure({ reload }, { samples })
    rows.push([`${listeners} listeners`, (time?.median ?? Number.NaN) * 1000])
  }
  return { title: '@empire/config: reloading 20 sections, one setting changed, µs', columns: ['', 'µs'], rows }
}

async function imports(samples: number): Promise<Table> {
  const form = {
    packages: ['foundation/redaction', 'foundation/errors', 'foundation/telemetry', 'foundation/config'],
    libraries: { c12: join(import.meta.dirname, '../node_modules/c12') },
  }
  const rows: [string, number][] = []
  for (const name of ['c12', '@empire/config']) rows.push([name, (await importTime(name, form, samples)).time])
  return { title: 'Import in a fresh process, ms', columns: ['', 'ms'], rows }
}
