import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRandom, temporaryDirectory } from '@empire/test-support'
import { expect, it, onTestFinished } from 'vitest'
import { createJsonlStore, type TornLine } from './create-jsonl-store.ts'
import { createRunRecorder } from './create-run-recorder.ts'
import { readSteps } from './read-steps.ts'
import { verify } from './verify.ts'

function newPath(): string {
  const folder = temporaryDirectory()
  onTestFinished(() => folder.remove())
  return folder.join('run.jsonl')
}

async function outputsOf(path: string): Promise<unknown[]> {
  const outputs: unknown[] = []
  for await (const { output } of readSteps(createJsonlStore({ path }))) outputs.push(output)
  return outputs
}

async function writeSteps(path: string, count: number): Promise<Buffer> {
  const store = createJsonlStore({ path })
  const recorder = createRunRecorder({ store, run: 'a', now: () => 1000 })
  for (let step = 0; step < count; step++) {
    await recorder.record({ kind: 'step', inputs: `é${step % 2}`, output: step, meta: { note: '😀' } })
  }
  await store.close()
  return readFileSync(path)
}

it('finds every byte that was changed, to whatever, and names its line', async () => {
  const path = newPath()
  const whole = await writeSteps(path, 8)
  for (let index = 0, line = 1; index < whole.length; index++) {
    for (const mask of [1, 0x20, 0xff, (whole[index] ?? 0) ^ 0x0a].filter((each) => each !== 0)) {
      const changed = Buffer.from(whole)
      changed[index] = (whole[index] ?? 0) ^ mask
      writeFileSync(path, changed)
      const { ok, problems } = await verify(createJsonlStore({ path }))
      expect([ok, problems[0]?.place.split(' ')[1]]).toEqual([false, String(line)])
    }
    if (whole[index] === 0x0a) line++
  }
})

it('keeps what is before a cut, wherever that is, and cuts off the rest', async () => {
  const path = newPath()
  const whole = await writeSteps(path, 6)
  for (let size = 0; size < whole.length; size++) {
    writeFileSync(path, whole.subarray(0, size))
    // A line that only lost its line feed is whole.
    const kept =
      whole
        .subarray(0, size + 1)
        .toString('latin1')
        .split('\n').length - 1
    const torn: TornLine[] = []
    const store = createJsonlStore({ path, onTornLine: (line) => torn.push(line) })
    await createRunRecorder({ store }).record({ kind: 'step', output: 'after' })
    await store.close()
    expect(await outputsOf(path)).toEqual([...Array.from({ length: kept }, (_, step) => step), 'after'])
    const isWhole = size === 0 || whole[size - 1] === 0x0a || whole[size] === 0x0a
    expect(torn).toHaveLength(isWhole ? 0 : 1)
  }
})

it('keeps what was recorded when its process is killed, fifty times, at any moment', async () => {
  const path = newPath()
  const random = createRandom(7)
  const script = `
    const { createJsonlStore, createRunRecorder } = await import(${JSON.stringify(new URL('../index.ts', import.meta.url).href)})
    const store = createJsonlStore({ path: ${JSON.stringify(path)}, onTornLine: () => process.stdout.write('torn\\n') })
    const recorder = createRunRecorder({ store })
    for (let step = 0; ; step++) {
      await Promise.all(Array.from({ length: 50 }, () => recorder.record({ kind: 'step', output: process.pid + ' ' + step + 'x'.repeat(9999) })))
      process.stdout.write(process.pid + ' ' + step + '\\n')
    }`
  let steps = 0
  for (let kill = 0; kill < 50; kill++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    const enough = 1 + Math.floor(random.next() * 60)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (printed.length > enough) setTimeout(() => child.kill('SIGKILL'), random.next() * 3)
    })
    await once(child, 'close')
    const said = printed
      .split('\n')
      .slice(0, -1)
      .filter((line) => line !== 'torn')
    const found = new Map<string, number>()
    for (const output of await outputsOf(path)) {
      const name = String(output).split('x', 1)[0] ?? ''
      found.set(name, (found.get(name) ?? 0) + 1)
    }
    for (const name of said) expect(found.get(name)).toBe(50)
    const { problems, steps: now } = await verify(createJsonlStore({ path }))
    expect(problems.filter(({ part }) => part !== 'torn')).toEqual([])
    expect(now).toBeGreaterThanOrEqual(steps)
    steps = now
    if (steps > 3000) {
      writeFileSync(path, '')
      steps = 0
    }
  }
})
