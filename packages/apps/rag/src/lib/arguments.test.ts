import { describe, expect, it } from 'vitest'
import { parseArguments } from './arguments.ts'
import { UsageError } from './usage-error.ts'

const question = 'How is a layer violation reported?'

describe('parseArguments', () => {
  it('leaves to the settings what it does not say', () => {
    expect(parseArguments([question])).toEqual({
      help: false,
      json: false,
      question,
      needsIndex: false,
      docs: undefined,
      index: undefined,
      top: undefined,
      budget: undefined,
      model: undefined,
      embedder: undefined,
      trace: undefined,
      record: undefined,
      replay: undefined,
    })
  })

  it('reads every option', () => {
    const words = ['--top', '3', '--budget=500', '--model', 'llm-extractive', '--json', question, '--docs', 'a']
    expect(parseArguments(words)).toMatchObject({ top: 3, budget: 500, json: true, question, docs: ['a'] })
  })

  it.each([
    'llm-extractive',
    'claude:claude-x',
    'gemini:gemini-x',
    'openai:gpt-x',
    'openai:@cf/x@http://localhost:1/v1',
  ])('takes the model %s', (model) => {
    expect(parseArguments([question, '--model', model]).model).toBe(model)
  })

  it.each([
    [['--trace'], ''],
    [['--trace', '--json'], ''],
    [['--trace=page'], 'page'],
    [['--trace', 'page.html'], 'page.html'],
  ])('takes the question for no page: %j', (words, trace) => {
    expect(parseArguments([...words, question])).toMatchObject({ trace, question })
    expect(parseArguments([question, ...words])).toMatchObject({ trace, question })
    expect(parseArguments(['--', '--trace'])).toMatchObject({ trace: undefined, question: '--trace' })
  })

  it('reads an index in place of documents', () => {
    expect(parseArguments([question, '--index', 'a.db'])).toMatchObject({ question, index: 'a.db', docs: undefined })
    expect(() => parseArguments([question, '--index', 'a.db', '--docs', 'a'])).toThrow(
      new UsageError('Give --docs or --index, not both.'),
    )
    expect(() => parseArguments([question, '--docs', 'a'], { needsIndex: true })).toThrow(
      new UsageError('rag ask reads no documents. Give --index, not --docs.'),
    )
  })

  it('needs no question for a replay, which knows it', () => {
    expect(parseArguments(['--replay', './run'])).toMatchObject({ replay: './run', question: '' })
    expect(parseArguments([question, '--record', './run'])).toMatchObject({ record: './run', question })
  })

  it('joins an unquoted question', () => {
    expect(parseArguments(['what', 'is', 'this', '--json']).question).toBe('what is this')
  })

  it.each([
    ['every word up to the next option', [question, '--docs', 'a', 'b', '--json'], ['a', 'b']],
    ['several times', [question, '--docs', 'a', '--docs', 'b'], ['a', 'b']],
    ['by an equals sign', [question, '--docs=a', 'b'], ['a', 'b']],
    ['the question last', ['--docs', 'a', 'b', question], ['a', 'b']],
    ['the question after "--"', ['--docs', 'a', 'b', '--', question], ['a', 'b']],
    ['the question after another option', ['--docs', 'a', '--json', question], ['a']],
  ])('takes --docs: %s', (_, words, docs) => {
    expect(parseArguments(words)).toMatchObject({ question, docs })
  })

  it('lets a question start with a dash after "--"', () => {
    expect(parseArguments(['--', '--top means what?']).question).toBe('--top means what?')
  })

  it('needs no question for help', () => {
    expect(parseArguments(['--help']).help).toBe(true)
    expect(parseArguments(['-h']).help).toBe(true)
  })

  it.each([
    [[], 'A question is expected, as in: rag "How is a layer violation reported?"'],
    [['  '], 'A question is expected, as in: rag "How is a layer violation reported?"'],
    [['--docs', 'a'], 'A question is expected, as in: rag "How is a layer violation reported?" --docs a'],
    [['q', '--docs'], '--docs needs a value, as in: --docs ./docs'],
    [['q', '--docs='], '--docs needs a value, as in: --docs ./docs'],
    [['q', '--docs', '--json'], '--docs needs a value, as in: --docs ./docs'],
    [['q', '--top', '0'], '--top takes a whole number from 1, got "0".'],
    [['q', '--top', '-1'], '--top takes a whole number from 1, got "-1".'],
    [['q', '--top', '1e3'], '--top takes a whole number from 1, got "1e3".'],
    [['q', '--budget', 'many'], '--budget takes a whole number from 1, got "many".'],
    [['q', '--budget', '99999999999999999999'], '--budget takes a whole number from 1, got "99999999999999999999".'],
    [['q', '--top', '1', '--top', '2'], '--top is given twice. Give it once.'],
    [
      ['q', '--model', 'gpt-9'],
      'There is no model "gpt-9". The models are llm-extractive, claude:<name>, gemini:<name> and openai:<name>, the last three also with @<base URL>.',
    ],
    [['q', '--record', 'a', '--replay', 'b'], 'Give --record or --replay, not both.'],
    [['q', '--record'], '--record needs a value, as in: --record ./run'],
    [['q', '--json=yes'], '--json takes no value, got "yes".'],
    [
      ['q', '--jsno'],
      'There is no option --jsno. The options are --docs, --index, --top, --budget, --model, --embedder, --trace, --record, --replay, --json, --help.',
    ],
    [
      ['q', '-x'],
      'There is no option -x. The options are --docs, --index, --top, --budget, --model, --embedder, --trace, --record, --replay, --json, --help.',
    ],
    [
      ['q', '--constructor'],
      'There is no option --constructor. The options are --docs, --index, --top, --budget, --model, --embedder, --trace, --record, --replay, --json, --help.',
    ],
  ])('refuses %j', (words, message) => {
    expect(() => parseArguments(words)).toThrow(new UsageError(message))
  })
})
