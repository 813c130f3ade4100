import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, '.github/workflows')
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string }

/** The text of each job, by its name. */
function jobs(text: string): [name: string, body: string][] {
  const [, body = ''] = text.split(/^jobs:\n/m)
  return body
    .split(/^ {2}(?=[\w-]+:$)/m)
    .slice(1)
    .map((job) => [job.slice(0, job.indexOf(':')), job])
}

describe('the workflows', () => {
  it('are there', () => {
    expect(workflows.map(({ name }) => name).toSorted()).toEqual(['ci.yml', 'release.yml'])
  })
})

describe.each(workflows)('$name', ({ text }) => {
  it('pins every action by commit, with its version beside it', () => {
    const uses = text.split('\n').filter((line) => /^\s*-?\s*uses:/.test(line))
    expect(uses.length).toBeGreaterThan(0)
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  it('grants no more than reading, except where a job says so', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m)
    expect(text).not.toContain('write-all')
    expect(text).not.toContain('pull_request_target')
  })

  it('has one run at a time for a branch, and ends every job in time', () => {
    expect(text).toMatch(/^concurrency:\n {2}group: /m)
    expect(jobs(text).length).toBeGreaterThan(1)
    for (const [name, job] of jobs(text)) expect(`${name}: ${job}`).toMatch(/^ {4}timeout-minutes: \d+$/m)
  })

  it('uses the pnpm of package.json', () => {
    expect(text).toContain(`PNPM: ${packageManager}\n`)
  })

  it('keeps what an outsider can write out of its scripts', () => {
    expect(text).not.toMatch(/\$\{\{\s*github\.(event|head_ref)/)
  })
})
