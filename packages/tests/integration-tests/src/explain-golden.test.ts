import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { explain, explainHtml } from '@empire/pipeline/explain'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, 'explain-golden')
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

/** Runs as `readAudit` gives them. */
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))

describe('a run that is explained, as it always was', () => {
  it.each(names)('%s, as text', (name) => {
    expect(explain(JSON.parse(read(`${name}.json`)))).toBe(read(`${name}.txt`))
  })

  it.each(names)('%s, as a page', (name) => {
    expect(explainHtml(JSON.parse(read(`${name}.json`)))).toBe(read(`${name}.html`))
  })

  it('is written down for one that ends well, and for one that is rolled back', () => {
    expect(names).toEqual(['order', 'report'])
  })
})
