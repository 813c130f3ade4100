import { scope } from '../layers.ts'

const firstParts = ['Features', 'Installation', 'Usage']
const lastParts = ['Guarantees', 'Related']
const fewestLines = 25
const mostLines = 120

/** The faults of a README: its parts and their order, its length. */
export function checkReadme(name: string, text: string): string[] {
  const title = `# ${scope}${name}`
  const install = `npm install ${scope}${name}`
  const lines = text.trimEnd().split('\n')
  const prose = dropCode(lines)
  const parts = prose.flatMap((line) => /^## (.*)$/.exec(line)?.[1] ?? [])
  const sentence = introduction(prose)
  const faults: string[] = []

  if (lines.length < fewestLines || lines.length > mostLines) {
    faults.push(`README.md: should have ${fewestLines} to ${mostLines} lines, has ${lines.length}.`)
  }
  if (lines[0] !== title) faults.push(`README.md: should begin with "${title}".`)
  if (sentence.length !== 1 || !sentence[0]?.endsWith('.')) {
    faults.push(`README.md: one sentence on one line should follow the title.`)
  }
  if (!startsWith(parts, firstParts) || !startsWith(parts.toReversed(), lastParts.toReversed())) {
    faults.push(
      `README.md: its parts should be ${firstParts.join(', ')}, one for each capability, ${lastParts.join(', ')}; they are ${parts.join(', ')}.`,
    )
  }
  if (!lines.some((line) => line === install || line.startsWith(`${install} `))) {
    faults.push(`README.md: should have a line "${install}".`)
  }
  if (!hasCode(lines, '## Usage')) faults.push('README.md: should show a use in a code block below "## Usage".')
  return faults
}

/** The lines outside code blocks: a comment of a shell is no heading. */
function dropCode(lines: readonly string[]): string[] {
  let inCode = false
  return lines.filter((line) => {
    if (!line.startsWith('```')) return !inCode
    inCode = !inCode
    return false
  })
}

function introduction(prose: readonly string[]): string[] {
  const end = prose.findIndex((line) => line.startsWith('## '))
  return prose.slice(1, end === -1 ? undefined : end).filter((line) => line.trim() !== '')
}

function hasCode(lines: readonly string[], heading: string): boolean {
  const rest = lines.slice(lines.indexOf(heading) + 1)
  const code = rest.findIndex((line) => line.startsWith('```'))
  const next = rest.findIndex((line) => line.startsWith('## '))
  return lines.includes(heading) && code !== -1 && (next === -1 || code < next)
}

function startsWith(list: readonly string[], start: readonly string[]): boolean {
  return start.every((item, index) => list[index] === item)
}
