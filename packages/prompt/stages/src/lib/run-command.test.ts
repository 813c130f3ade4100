import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { helpText } from './help-text.ts'
import { runCommand } from './run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'empire-stages-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(...words: string[]): { code: number; out: string; err: string } {
  const written = { out: '', err: '' }
  const code = runCommand(words, {
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
  })
  return { code, ...written }
}

const input = join(folder, 'stages.yaml')
const output = join(folder, 'stages.ts')

describe('stages', () => {
  it('writes the module beside the vocabulary, checks it, and tells when it is stale', () => {
    writeFileSync(input, 'stages:\n  Planning:\n')
    expect(run('generate', input, '--check')).toEqual({
      code: 1,
      out: '',
      err: `${output} does not exist. Run: stages generate ${input}\n`,
    })
    expect(existsSync(output)).toBe(false)
    expect(run('generate', input)).toEqual({ code: 0, out: `${output} is written.\n`, err: '' })
    expect(readFileSync(output, 'utf8')).toContain('Planning: {')
    expect(run('generate', input, '--check')).toEqual({ code: 0, out: `${output} is up to date.\n`, err: '' })
    writeFileSync(output, readFileSync(output, 'utf8').replaceAll('\n', '\r\n'))
    expect(run('generate', input, '--check').code).toBe(0)
    writeFileSync(input, 'stages:\n  Plan:\n')
    expect(run('generate', input, '--check', '--name', 'Steps').err).toBe(
      `${output} is not what ${input} says. Run: stages generate ${input} --name Steps\n`,
    )
    expect(readFileSync(output, 'utf8')).toContain('Planning: {')
  })

  it('writes where it is told to', () => {
    const other = join(folder, 'src', 'prompts.ts')
    expect(run('generate', input, '--output', other, '--name=Steps', '--from', './x.ts').code).toBe(0)
    expect(readFileSync(other, 'utf8')).toContain(`import { defineStages } from './x.ts'\n\nexport const Steps = `)
  })

  it('shows the fault of a vocabulary, and writes nothing', () => {
    const faulty = join(folder, 'faulty.yaml')
    writeFileSync(faulty, 'stages:\n  Planning: 3\n')
    expect(run('generate', faulty)).toEqual({
      code: 1,
      out: '',
      err: `${faulty}:2:13: Expected the stage "Planning" to be a map, got a number.\n\n    Planning: 3\n              ^\n`,
    })
    expect(existsSync(join(folder, 'faulty.ts'))).toBe(false)
  })

  it('runs as a program', () => {
    const main = join(import.meta.dirname, '..', 'main.ts')
    expect(execFileSync(process.execPath, [main, '--help'], { encoding: 'utf8' })).toBe(helpText)
  })

  it.each([
    [[], 'A command is expected, as in: stages generate stages.yaml'],
    [['make'], 'There is no command "make". The command is generate, as in: stages generate stages.yaml'],
    [['generate'], 'A vocabulary is expected, as in: stages generate stages.yaml'],
    [['generate', 'a.yaml', 'b.yaml'], 'One vocabulary is expected, got 2.'],
    [['generate', 'a.txt'], '--output is needed, since "a.txt" does not end in .yaml.'],
    [['generate', 'a.ts', '--output', 'a.ts'], '--output is the vocabulary itself. Give another file.'],
    [['generate', 'gone.yaml'], 'There is no file "gone.yaml".'],
    [['generate', 'a.yaml', '--chekc'], 'There is no option --chekc. Did you mean --check?'],
    [['generate', 'a.yaml', '--check=1'], '--check takes no value, got "1".'],
    [['generate', 'a.yaml', '--output'], '--output needs a value.'],
    [['generate', 'a.yaml', '--name', 'a', '--name', 'b'], '--name is given twice. Give it once.'],
    [['generate', 'a.yaml', '--name', 'stages'], '--name takes a name with a capital, such as Stages, got "stages".'],
  ])('refuses %j', (words, message) => {
    expect(run(...words)).toEqual({ code: 2, out: '', err: `stages: ${message}\nstages --help tells all options.\n` })
  })

  it('names a file that cannot be written', () => {
    mkdirSync(join(folder, 'taken'))
    expect(run('generate', input, '--output', join(folder, 'taken')).err).toContain('cannot be read: EISDIR.')
  })
})
