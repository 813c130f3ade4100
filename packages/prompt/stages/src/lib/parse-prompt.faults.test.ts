import { describe, expect, it } from 'vitest'
import type { SectionInput } from './check-content.ts'
import { parsePrompt } from './parse-prompt.ts'
import { createPrompt } from './prompt.ts'

describe('parsePrompt', () => {
  it('reads 10,000 levels back, a text of 100 MB', () => {
    let section: SectionInput = { title: 'deepest', items: ['x', 'y'] }
    for (let level = 0; level < 10_000; level++) section = { title: 'l', items: [section, 'z'] }
    const prompt = createPrompt().add('l', section)
    const parsed = parsePrompt(prompt.render()).prompt
    expect(parsed.equals(prompt)).toBe(true)
    expect(parsed.render()).toBe(prompt.render())
  })
})
