import { describeValue } from '@empire/errors'
import { readStages, type StageSource } from './read-stages.ts'

/** Options of `generateStages`. */
export interface GenerateOptions {
  /** What the vocabulary is called in messages. Default: `stages.yaml`. */
  file?: string | undefined
  /** The name of the constant that the module exports, with a capital. Default: `Stages`. */
  name?: string | undefined
  /** Where the module imports `defineStages` from. Default: `@empire/stages`. */
  from?: string | undefined
}

/**
 * The text of a TypeScript module with the symbols of a vocabulary.
 *
 * Throws `InvalidStagesError` with line and column for a vocabulary that is at fault, and `TypeError` for options that are.
 *
 * @param yaml The vocabulary, as the README describes it.
 */
export function generateStages(yaml: string, options: GenerateOptions = {}): string {
  if (typeof yaml !== 'string') throw new TypeError(`Expected "yaml" to be a text, got ${describeValue(yaml)}.`)
  const { file = 'stages.yaml', name = 'Stages', from = '@empire/stages' } = options
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) {
    throw new TypeError(`Expected "name" to be a name with a capital, such as "Stages", got ${describeValue(name)}.`)
  }
  const { documentation, stages } = readStages(yaml, file)
  const lines = [
    '// Written by "stages generate". Change the vocabulary, and write it again.',
    `import { defineStages } from ${quote(from)}`,
    '',
    ...comment(documentation, ''),
    `export const ${name} = defineStages({`,
  ]
  // What is open: the stages of a level that are still to come.
  const open = [{ rest: stages, next: 0 }]
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const indent = '  '.repeat(open.length * 2 - 1)
    const stage = level.rest[level.next++]
    if (stage === undefined) {
      open.pop()
      if (open.length > 0) lines.push(`${indent.slice(2)}},`, `${indent.slice(4)}},`)
      continue
    }
    lines.push(...comment(stage.documentation, indent), ...header(stage, indent))
    if (stage.children.length === 0) continue
    open.push({ rest: stage.children, next: 0 })
  }
  return `${[...lines, '})'].join('\n')}\n`
}

/** All of a stage but its children; it is closed if it has none. */
function header({ identifier, display, documentation, order, children }: StageSource, indent: string): string[] {
  const facts = [
    `display: ${quote(display)}`,
    ...(documentation === '' ? [] : [`documentation: ${quote(documentation)}`]),
    ...(order === 'fixed' ? [`order: 'fixed'`] : []),
  ]
  return [
    `${indent}${identifier}: {`,
    ...facts.map((fact) => `${indent}  ${fact},`),
    children.length === 0 ? `${indent}},` : `${indent}  children: {`,
  ]
}

function comment(text: string, indent: string): string[] {
  if (text === '') return []
  const lines = text.replaceAll('*/', '*\u200B/').split('\n')
  if (lines.length === 1) return [`${indent}/** ${lines[0]} */`]
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`]
}

/** A literal in single quotes; other than JSON, also of the characters that end a line in older engines. */
function quote(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)
  return `'${inner.replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`)}'`
}
