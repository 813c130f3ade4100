import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stageIdentifier, stageTitle } from './stage-identifier.ts'

const anyText = fc.array(fc.integer({ min: 0, max: 0x10_ff_ff })).map((points) => String.fromCodePoint(...points))
const identifierForm = /^[\p{ID_Start}_]\p{ID_Continue}*$/u

describe('stageIdentifier', () => {
  it.each([
    ['Planning', 'Planning'],
    ['after tool-execution', 'AfterToolExecution'],
    ['after_tool_execution', 'AfterToolExecution'],
    ['HTTPServer', 'HTTPServer'],
    ['2nd step', '_2ndStep'],
    ['class', 'Class'],
    ['__proto__', 'Proto'],
    ['constructor', 'Constructor'],
    ['élan vital', 'ÉlanVital'],
    ['e\u0301lan', 'Élan'],
    ['straße', 'Straße'],
    ['ßa', 'SSa'],
    ['計画', '計画'],
    ['a²b', 'AB'],
    ['don’t stop', 'DonTStop'],
    ['--', undefined],
    ['', undefined],
  ])('makes of %j %j', (name, identifier) => {
    expect(stageIdentifier(name)).toBe(identifier)
  })

  it('is an identifier of the language, and no name of a property of stages', () => {
    const facts = new Set(['path', 'name', 'display', 'documentation', 'order', 'position', 'parent', 'children'])
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constantFrom(...facts)), (name) => {
        const identifier = stageIdentifier(name)
        if (identifier === undefined) return
        expect(identifier).toMatch(identifierForm)
        expect(facts.has(identifier)).toBe(false)
      }),
    )
  })
})

describe('stageTitle', () => {
  it.each([
    ['AfterToolExecution', 'After Tool Execution'],
    ['afterToolExecution', 'After Tool Execution'],
    ['after_tool-execution', 'After Tool Execution'],
    ['HTTPServer', 'HTTP Server'],
    ['step2', 'Step2'],
    ['Step2Again', 'Step2 Again'],
    ['Global  rules', 'Global rules'],
    ['計画', '計画'],
  ])('makes of %j %j', (name, title) => {
    expect(stageTitle(name)).toBe(title)
  })
})
