import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CheckPart, runParts, selectParts } from './run-parts.ts'
import { countResults, summarise } from './summary.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-parts-'))
  writeFileSync(join(folder, 'pass.js'), 'console.log("fine")')
  writeFileSync(
    join(folder, 'fail.js'),
    'console.log("to standard output"); console.error("to standard error"); process.exitCode = 3',
  )
})

afterAll(() => rmSync(folder, { recursive: true }))

function part(name: string, script: string, needs?: string): CheckPart {
  return { name, description: '', command: [script], ...(needs === undefined ? {} : { needs }) }
}

describe('runParts', () => {
  it('runs the rest when one part fails, and keeps the order', async () => {
    const results = await runParts([part('a', 'fail.js'), part('b', 'pass.js'), part('c', 'missing.js')], {
      cwd: folder,
      limit: 2,
    })
    expect(results.map(({ name, status }) => [name, status])).toEqual([
      ['a', 'failed'],
      ['b', 'passed'],
      ['c', 'failed'],
    ])
    expect(results[0]?.output).toContain('to standard output')
    expect(results[0]?.output).toContain('to standard error')
  })

  it('does not run a part whose need failed, and counts it as failed', async () => {
    const results = await runParts([part('b', 'pass.js', 'a'), part('a', 'fail.js'), part('c', 'pass.js')], {
      cwd: folder,
      limit: 1,
    })
    expect(results.map(({ name, status }) => [name, status])).toEqual([
      ['b', 'not run'],
      ['a', 'failed'],
      ['c', 'passed'],
    ])
    expect(countResults(results)).toEqual({ passed: 1, failed: 2 })
  })

  it('tells of each part when it ends', async () => {
    const ended: string[] = []
    await runParts([part('b', 'pass.js', 'a'), part('a', 'pass.js')], {
      cwd: folder,
      limit: 4,
      onEnd: ({ name }) => ended.push(name),
    })
    expect(ended).toEqual(['a', 'b'])
  })

  it('refuses parts that wait for each other', async () => {
    await expect(
      runParts([part('a', 'pass.js', 'b'), part('b', 'pass.js', 'a')], { cwd: folder, limit: 2 }),
    ).rejects.toThrow('Nothing left to run, but these parts wait for each other: a, b.')
  })
})

describe('selectParts', () => {
  const parts = [part('pack', 'pass.js'), part('lint', 'pass.js'), part('publint', 'pass.js', 'pack')]

  it('gives all without names', () => {
    expect(selectParts(parts, [])).toEqual(parts)
  })

  it('gives the parts named, with what they need', () => {
    expect(selectParts(parts, ['publint']).map(({ name }) => name)).toEqual(['pack', 'publint'])
    expect(selectParts(parts, ['lint']).map(({ name }) => name)).toEqual(['lint'])
  })

  it('refuses a name that is no part', () => {
    expect(() => selectParts(parts, ['lint', 'lnit'])).toThrow(
      new TypeError('There is no part "lnit". There are: pack, lint, publint.'),
    )
  })
})

describe('summarise', () => {
  it('lists each part with its time, then the counts', () => {
    expect(
      summarise(
        [
          { name: 'format', status: 'passed', milliseconds: 400, output: '' },
          { name: 'lint', status: 'failed', milliseconds: 12_345, output: '' },
          { name: 'attw', status: 'not run', milliseconds: 0, output: '' },
        ],
        13_000,
      ).split('\n'),
    ).toEqual([
      '✓ format  passed      0.4 s',
      '✗ lint    failed     12.3 s',
      '- attw    not run     0.0 s',
      '1 passed, 2 failed in 13.0 s',
    ])
  })
})
