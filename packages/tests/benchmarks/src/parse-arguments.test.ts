import { describe, expect, it } from 'vitest'
import { parseArguments } from './parse-arguments.ts'

const known = ['pipeline', 'search', 'tokens']

describe('parseArguments', () => {
  it('runs everything when nothing is named', () => {
    expect(parseArguments([], known)).toEqual({ action: 'run', names: known, data: undefined, quick: false })
  })

  it('takes names, each once, a data folder and quick', () => {
    expect(parseArguments(['search', '--quick', 'search', '--data', 'sets'], known)).toEqual({
      action: 'run',
      names: ['search'],
      data: 'sets',
      quick: true,
    })
  })

  it.each(['list', 'help'])('knows --%s', (action) => {
    expect(parseArguments([`--${action}`], known).action).toBe(action)
  })

  it('refuses a name that is not there and says what is', () => {
    expect(() => parseArguments(['searhc', 'toString'], known)).toThrow(
      new Error('No benchmark is named "searhc", "toString". There are: pipeline, search, tokens.'),
    )
  })

  it.each([['--fast'], ['--data']])('refuses %s', (option) => {
    expect(() => parseArguments([option], known)).toThrow(option)
  })
})
