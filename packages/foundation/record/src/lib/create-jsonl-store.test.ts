import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { temporaryDirectory, type TemporaryDirectory } from '@empire/test-support'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { contentHash } from './content-hash.ts'
import { createJsonlStore, type TornLine } from './create-jsonl-store.ts'
import { createRunRecorder } from './create-run-recorder.ts'
import { readSteps } from './read-steps.ts'
import { verify } from './verify.ts'

let folder: TemporaryDirectory
let path: string

beforeEach(() => {
  folder = temporaryDirectory()
  path = folder.join('run.jsonl')
})

afterEach(() => folder.remove())

async function record(count: number, onTornLine?: (torn: TornLine) => void): Promise<void> {
  const store = createJsonlStore({ path, onTornLine })
  const recorder = createRunRecorder({ store, run: 'a', now: () => 1000 })
  try {
    for (let step = 0; step < count; step++) {
      await recorder.record({ kind: 'step', inputs: `é${step % 2}`, output: { step } })
    }
  } finally {
    await store.close()
  }
}

async function outputs(): Promise<unknown[]> {
  const found: unknown[] = []
  for await (const { output } of readSteps(createJsonlStore({ path }))) found.push(output)
  return found
}

describe('createJsonlStore', () => {
  it('writes one line for each step', async () => {
    await record(2)
    const lines = readFileSync(path, 'utf8').split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toBe('')
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ step: { kind: 'step', run: 'a', at: 1000 } })
  })

  it('cuts off a torn last line, reports it, and keeps everything before it, wherever it tore', async () => {
    await record(3)
    const whole = readFileSync(path)
    const lengths = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([index]) => index)
    const nearEnds = lengths.flatMap((length) => [length - 1, length, length + 1, length + 2])
    const sizes = [...nearEnds, ...Array.from({ length: 60 }, (_, index) => index * 29)]
    for (const size of sizes.filter((each) => each <= whole.length)) {
      truncateSync(path, 0)
      appendFileSync(path, whole.subarray(0, size))
      // A line that only lost its line feed is whole.
      const steps = lengths.filter((length) => length <= size).length
      const begin = steps === 0 ? 0 : (lengths[steps - 1] ?? 0) + 1
      expect(await outputs()).toEqual([{ step: 0 }, { step: 1 }, { step: 2 }].slice(0, steps))
      const torn: TornLine[] = []
      await record(1, (line) => torn.push(line))
      expect(torn).toEqual(size > begin ? [{ path, offset: begin, bytes: size - begin }] : [])
      expect(await verify(createJsonlStore({ path }))).toMatchObject({ ok: true, steps: steps + 1 })
    }
  })

  it('reports a torn last line when it is verified before', async () => {
    await record(1)
    const { size } = statSync(path)
    appendFileSync(path, '{"contents":{')
    expect(await verify(createJsonlStore({ path }))).toMatchObject({
      ok: false,
      steps: 1,
      problems: [
        { place: `line 2 (byte ${size})`, part: 'torn', message: 'the last line was cut off while it was written' },
      ],
    })
  })

  it('finds a changed byte wherever it is, and names its line', async () => {
    await record(2)
    const whole = readFileSync(path)
    const firstEnd = whole.indexOf(0x0a)
    const places = [0, 1, 2, firstEnd - 1, firstEnd, firstEnd + 1, whole.length - 2, whole.length - 1]
    for (let index = 5; index < whole.length - 2; index += 5) places.push(index)
    for (const index of places) {
      const changed = Buffer.from(whole)
      changed[index] = (whole[index] ?? 0) ^ 1
      writeFileSync(path, changed)
      const { ok, problems } = await verify(createJsonlStore({ path }))
      expect(ok).toBe(false)
      expect(problems[0]?.place).toMatch(index <= firstEnd ? /^line 1 / : /^line 2 /)
    }
  })

  it('takes a last line with another byte for its line feed for changed, not for torn, and keeps it', async () => {
    await record(1)
    const whole = readFileSync(path)
    whole[whole.length - 1] = 0x20
    writeFileSync(path, whole)
    expect(await verify(createJsonlStore({ path }))).toMatchObject({
      ok: false,
      problems: [{ part: 'line', message: 'the line was changed: its line feed is another byte' }],
    })
    await expect(record(1)).rejects.toMatchObject({ code: 'record_damaged' })
    expect(readFileSync(path)).toEqual(whole)
  })

  it('finds contents and steps that no recorder has written, though every hash fits', async () => {
    await record(2)
    const [a = '', b = ''] = readFileSync(path, 'utf8').split('\n')
    const first = JSON.parse(a) as { contents: Record<string, unknown> }
    const second = JSON.parse(b) as { contents: Record<string, unknown>; step: Record<string, unknown> }
    const problemOf = async (...lines: unknown[]): Promise<unknown> => {
      writeFileSync(path, lines.map((line) => `${canonicalJson(line)}\n`).join(''))
      return (await verify(createJsonlStore({ path }))).problems[0]
    }
    const foreign = { ...first.contents, [contentHash('foreign')]: 'foreign' }
    expect(await problemOf({ ...first, contents: foreign }, second)).toMatchObject({
      part: 'content',
      message: `a content was added that the step does not refer to: ${contentHash('foreign')}`,
    })
    const step = { ...second.step, inputs: Object.keys(first.contents).find((hash) => first.contents[hash] === 'é0') }
    const id = contentHash({ inputs: step.inputs, kind: 'step', output: second.step['output'], parents: [] })
    const output = { [second.step['output'] as string]: { step: 1 } }
    const again = { contents: { [step.inputs as string]: 'é0', ...output }, step: { ...step, id } }
    expect(await problemOf(first, { ...again, hash: contentHash(again.step) })).toMatchObject({
      part: 'content',
      message: `a content was added that is stored already: ${step.inputs}`,
    })
    const bare = { previous: null }
    expect(await problemOf({ contents: {}, hash: contentHash(bare), step: bare })).toMatchObject({
      part: 'step',
      message: 'there is no step as a recorder writes it',
    })
  })

  it('refuses what is no file, such as a device or a folder', async () => {
    const store = createJsonlStore({ path: '/dev/full' })
    await expect(createRunRecorder({ store }).record({ kind: 'x' })).rejects.toMatchObject({ code: 'record_damaged' })
    await store.close()
    expect(await verify(createJsonlStore({ path: folder.path }))).toMatchObject({
      ok: false,
      problems: [{ place: 'the file', part: 'line', message: 'it is no file that a record can be read from' }],
    })
  })

  it('does not go on with a record that another has written to while it was opened', async () => {
    await record(1)
    const line = readFileSync(path)
    appendFileSync(path, '{"cut')
    const store = createJsonlStore({ path, onTornLine: () => appendFileSync(path, line) })
    await expect(createRunRecorder({ store }).record({ kind: 'x' })).rejects.toMatchObject({
      code: 'record_write_failed',
    })
    expect(statSync(path).size).toBe(2 * line.length)
    await store.close()
  })

  it('tells both of two writers that write at the same time', async () => {
    const stores = [createJsonlStore({ path }), createJsonlStore({ path })]
    const results = await Promise.allSettled(stores.map((store) => createRunRecorder({ store }).record({ kind: 'x' })))
    const refused = results.filter(({ status }) => status === 'rejected').length
    const { ok } = await verify(createJsonlStore({ path }))
    // Never a damaged record that nobody was told of.
    expect(ok || refused > 0).toBe(true)
    for (const store of stores) await store.close()
  })

  it.each([
    [undefined, '"options" must be an object, got undefined.'],
    [{ path: 'x', durabel: true }, '"options" has no key "durabel". Did you mean "durable"?'],
    [{ path: 'a', durable: 'yes' }, '"durable" must be a boolean, got a string ("yes").'],
    [{ path: 'a', onTornLine: true }, '"onTornLine" must be a function, got a boolean (true).'],
  ])('refuses %j', (options, message) => {
    expect(() => createJsonlStore(options as never)).toThrow(new TypeError(message))
  })

  it('finds lines that were removed, added or exchanged', async () => {
    await record(4)
    const [a = '', b = '', c = '', d = ''] = readFileSync(path, 'utf8').split('\n')
    const check = async (lines: string[]): Promise<unknown> => {
      writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
      return (await verify(createJsonlStore({ path }))).problems[0]
    }
    expect(await check([a, b, d])).toMatchObject({ part: 'chain', place: expect.stringContaining('line 3 ') })
    expect(await check([a, b, b, c, d])).toMatchObject({ part: 'chain', place: expect.stringContaining('line 3 ') })
    expect(await check([b, a, c, d])).toMatchObject({ part: 'chain', place: expect.stringContaining('line 1 ') })
    expect(await check([a, ` ${b}`, c, d])).toMatchObject({ part: 'line', place: expect.stringContaining('line 2 ') })
    expect(await check([a, '', b, c, d])).toMatchObject({ part: 'line', place: expect.stringContaining('line 2 ') })
    expect(await check([`\ufeff${a}`, b, c, d])).toMatchObject({
      part: 'line',
      place: expect.stringContaining('line 1 '),
    })
    expect(await check([a, b, c, d])).toBeUndefined()
  })

  it('does not append to a damaged record', async () => {
    await record(2)
    writeFileSync(path, readFileSync(path, 'utf8').replace('"step":0', '"step":7'))
    await expect(record(1)).rejects.toMatchObject({
      code: 'record_damaged',
      details: { place: 'line 1 (byte 0)', damage: expect.stringContaining('the output was changed') },
    })
    await expect(outputs()).rejects.toMatchObject({ code: 'record_damaged' })
  })

  it('can be read while it is written', async () => {
    const store = createJsonlStore({ path })
    const recorder = createRunRecorder({ store })
    await recorder.record({ kind: 'x' })
    const checks: Promise<unknown>[] = []
    for (let step = 0; step < 50; step++) {
      const written = recorder.record({ kind: 'y', inputs: 'x'.repeat(100_000), output: step })
      checks.push(verify(store), verify(store))
      await written
    }
    for (const found of await Promise.all(checks)) expect(found).toMatchObject({ ok: true })
    await store.close()
  })

  it('stops when another process writes to its file', async () => {
    const store = createJsonlStore({ path })
    const recorder = createRunRecorder({ store })
    await recorder.record({ kind: 'x' })
    appendFileSync(path, '{}\n')
    await expect(recorder.record({ kind: 'y' })).rejects.toThrow('another process wrote to it')
    await store.close()
  })

  it.skipIf(process.platform === 'win32')('keeps what was recorded before the file may not grow any more', async () => {
    // As on a full disk: the operating system writes a part of the group, and refuses the rest.
    const script = `
      const { createJsonlStore, createRunRecorder } = await import(${JSON.stringify(new URL('../index.ts', import.meta.url).href)})
      const store = createJsonlStore({ path: ${JSON.stringify(path)} })
      const recorder = createRunRecorder({ store })
      const codes = []
      for (let step = 0; codes.length === 0; step++) {
        const group = [0, 1, 2].map((part) => recorder.record({ kind: 'step', output: step + '.' + part + ' '.repeat(1000) }))
        for (const { reason } of await Promise.allSettled(group)) if (reason) codes.push(reason.code, reason.cause.code)
        if (codes.length === 0) console.log(step)
        else console.log('failed', ...codes)
      }
      await store.close()`
    const limited = [
      '-c',
      `trap '' XFSZ; ulimit -f 32; exec "$0" --input-type=module -e "$1"`,
      process.execPath,
      script,
    ]
    const child = spawn('bash', limited, { stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
    await once(child, 'close')
    const said = printed.trim().split('\n')
    expect(said.pop()).toBe('failed record_write_failed EFBIG record_write_failed EFBIG record_write_failed EFBIG')
    expect(said.length).toBeGreaterThan(5)
    const kept = said.flatMap((step) => [0, 1, 2].map((part) => `${step}.${part}${' '.repeat(1000)}`))
    expect(await outputs()).toEqual(kept)
    await record(1, () => expect.fail('nothing is torn'))
    expect(await verify(createJsonlStore({ path }))).toMatchObject({ ok: true, steps: kept.length + 1 })
  })

  it('keeps what was recorded when its process is killed', async () => {
    const script = `
      const { createJsonlStore, createRunRecorder } = await import(${JSON.stringify(new URL('../index.ts', import.meta.url).href)})
      const recorder = createRunRecorder({ store: createJsonlStore({ path: ${JSON.stringify(path)} }) })
      for (let step = 0; ; step++) {
        await recorder.record({ kind: 'step', output: step })
        process.stdout.write(step + '\\n')
      }`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (printed.length > 1000) child.kill('SIGKILL')
    })
    await once(child, 'close')
    const known = printed.split('\n').length - 1
    await record(1, () => undefined)
    const found = await outputs()
    expect(found.slice(0, known)).toEqual(Array.from({ length: known }, (_, step) => step))
    expect(await verify(createJsonlStore({ path }))).toMatchObject({ ok: true, steps: found.length })
  })
})
