import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext } from '@empire/context'
import { createEta } from '@empire/template-eta'
import { createLiquid } from '@empire/template-liquid'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, 'context-golden')

/** What the fixtures may name. A new engine belongs here, and its files beside the others: `<kind>.<engine>.json` and `.txt`. */
const base = createContext({
  engines: [
    createLiquid({ templates: { 'letter.liquid': 'Dear {{ name }},\n\nyours, Empire\n' } }),
    createEta({ trusted: true }),
  ],
  modules: {
    list: (assigns) =>
      Object.keys(assigns)
        .toSorted()
        .map((name) => `${name}: ${JSON.stringify(assigns[name])}\n`)
        .join(''),
  },
})

const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))

describe('render, as it always was', () => {
  it.each(names)('%s', (name) => {
    const { message, assigns } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
    expect(base.withMessages([message]).render(assigns)).toBe(readFileSync(join(folder, `${name}.txt`), 'utf8'))
  })

  it('is written down for every kind of message and every engine', () => {
    const kinds = ['system', 'user', 'assistant', 'tool', 'tool_result', 'media']
    const engines = ['none', 'module', ...base.engines.map((engine) => engine.name)]
    expect(names).toEqual(expect.arrayContaining(kinds.flatMap((kind) => engines.map((engine) => `${kind}.${engine}`))))
  })
})
