import type { StreamPart } from '@empire/llm/model'
import { modelCases } from '@empire/llm/conformance'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createExtractive } from './extractive.ts'

/** The manual of a job server that does not exist, in passages as a search would hand them over. */
const manual: readonly string[] = [
  `[1] docs/jobs.md:1
# Jobs

A job is one unit of work with an id and a state. Jobs run in the order in which they were submitted, unless
they have a priority. Configure how many run at the same time with \`concurrency\`.

## Retention

Finished jobs are kept for 14 days. Failed jobs stay until someone deletes them.`,
  `[2] docs/options.md:20
# Options

| option | default | meaning |
| --- | --- | --- |
| port | 8321 | The port to listen on by default. |
| retries | 5 | How often a failed job is tried again. |
| host | localhost | The address to bind to. |`,
  `[3] docs/running.md:5
# Running jobs

A job that runs can be interrupted from outside. Call \`job.cancel()\` to abort it; the job then ends with the state
\`cancelled\`. A worker that is asked to shut down finishes its jobs first.

- \`job.pause()\` holds a job back until \`job.resume()\`.
- \`job.output()\` reads what the job has printed.`,
  `[4] README.md:1
# Job server

The job server runs background work. The licence is MIT.

To install the server:

\`\`\`sh
npm install jobserver
\`\`\`

## Environment

\`JOBS_LOG\` sets the log level. \`JOBS_HOME\` is the folder for everything that is stored.`,
  `[5] docs/limits.md:9
# Limits

A payload has at most 256 KB. \`maxQueue\` is bounded by the memory of the machine. Output that is longer than 1 MB is
cut, and the job configures where the rest goes.`,
]

const model = createExtractive()

function request(question: string, passages: readonly string[]) {
  return { messages: [...passages, question].map((content) => ({ role: 'user' as const, content })) }
}

/** The quotes of an answer with their markers, best first; none when it refuses. */
async function quotes(question: string, passages: readonly string[] = manual, extractive = model): Promise<string[]> {
  const { text, finish } = await extractive.generate(request(question, passages))
  expect(finish.vendorReason).toBe(/\[\d+\]/.test(text) ? 'quoted' : 'nothing_relevant')
  return text.split('\n\n').slice(1)
}

describe('createExtractive', () => {
  it.each(modelCases(() => model, { request: request('How can I stop a running job?', manual) }))(
    'keeps the contract: $name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    },
  )

  it.each([0, 21, 1.5, Number.NaN])('refuses to quote %s sentences', (maxSentences) => {
    expect(() => createExtractive({ maxSentences })).toThrow(TypeError)
  })

  it('says what a wrong number of sentences has to be', () => {
    expect(() => createExtractive({ maxSentences: 0 })).toThrow(
      new TypeError('"maxSentences" must be an integer from 1 to 20, got a number (0).'),
    )
  })

  it('refuses an option that is misspelt', () => {
    expect(() => createExtractive({ maxSentence: 1 } as never)).toThrow(
      new TypeError('createExtractive: "options" has no key "maxSentence". Did you mean "maxSentences"?'),
    )
  })
})

describe('an answer', () => {
  it.each([
    ['What port does it listen on by default?', 'port | 8321 | The port to listen on by default. [2]'],
    [
      'How can I stop a running job?',
      'Call `job.cancel()` to abort it; the job then ends with the state `cancelled`. [3]',
    ],
    ['What is a job?', 'A job is one unit of work with an id and a state. [1]'],
    ['How long are finished jobs kept?', 'Finished jobs are kept for 14 days. [1]'],
    ['How do I install it?', 'To install the server: [4]\nnpm install jobserver'],
    ['How many times is a failed job retried?', 'retries | 5 | How often a failed job is tried again. [2]'],
    ['Which environment variable sets the log level?', '`JOBS_LOG` sets the log level. [4]'],
    ['Is `maxQueue` bounded?', '`maxQueue` is bounded by the memory of the machine. [5]'],
  ])('to "%s" begins with the right quote', async (question, expected) => {
    expect((await quotes(question))[0]).toBe(expected)
  })

  it.each([
    'What is the capital of France?',
    'How do I configure Kubernetes autoscaling?',
    'Which licence fee does the job server charge per seat?',
    'How do I write a job in COBOL?',
    'What is the default password?',
    'Who founded the company?',
    'How do I get a refund?',
    'How do I change the colour of the log output?',
    'Which GPU does it need?',
  ])('to "%s" is a refusal', async (question) => {
    expect(await quotes(question)).toEqual([])
  })

  it('says that it is quoted by a program, part by part', async () => {
    const parts: StreamPart[] = []
    for await (const part of model.stream(request('How long are finished jobs kept?', manual))) parts.push(part)
    expect(parts).toEqual([
      { type: 'text-start' },
      { type: 'text-delta', text: 'Quoted from the passages by a program that is no language model:' },
      { type: 'text-delta', text: '\n\nFinished jobs are kept for 14 days. [1]' },
      { type: 'text-end' },
      { type: 'usage', usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 } },
      { type: 'finish', reason: 'stop', vendorReason: 'quoted' },
    ])
  })

  it('says that it found nothing, without a marker', async () => {
    const { text } = await model.generate(request('What is the capital of France?', manual))
    expect(text).toBe(
      'Nothing in the passages answers this question, says a program that only quotes and is no language model.',
    )
  })

  it('has no more quotes than asked for', async () => {
    const passages = ['The cat sleeps.', 'A cat purrs at night.', 'My cat hunts mice.', 'Every cat climbs.']
    expect(await quotes('Tell me about the cat', passages)).toHaveLength(3)
    expect(await quotes('Tell me about the cat', passages, createExtractive({ maxSentences: 1 }))).toHaveLength(1)
  })

  it('quotes nothing twice', async () => {
    const passage = 'The queue holds 100 entries.'
    expect(await quotes('How many entries does the queue hold?', [passage, `${passage} `, `**${passage}**`])).toEqual([
      `${passage} [1]`,
    ])
  })

  it('ends before a stop sequence, also across quotes', async () => {
    const asked = request('How long are finished jobs kept?', manual)
    const { text } = await model.generate({ ...asked, stopSequences: ['never there', ':\n\nFinished'] })
    expect(text).toBe('Quoted from the passages by a program that is no language model')
  })
})

describe('a passage', () => {
  const question = 'How many lives does the cat have?'

  it.each([
    ['without a label is cited by its position', 'The cat has nine lives.', 'The cat has nine lives. [1]'],
    ['with a label is cited by its number', '[42] cats.md:7\nThe cat has nine lives.', 'The cat has nine lives. [42]'],
    ['in one line with its label', '[42] The cat has nine lives.', 'The cat has nine lives. [42]'],
    ['with Windows line ends', '[7] cats.md:1\r\nThe cat\r\nhas nine lives.\r\n', 'The cat has nine lives. [7]'],
    ['with a byte order mark', '\uFEFF[7] cats.md:1\nThe cat has nine lives.', 'The cat has nine lives. [7]'],
    ['that is one sentence in many', 'Dogs bark. The cat has nine lives. E.g. Tom.', 'The cat has nine lives. [1]'],
    ['that is a quotation', '> The cat\n> has nine lives.', 'The cat has nine lives. [1]'],
    ['under a heading', '# Cat\n\nIt has nine lives.', 'It has nine lives. [1]'],
    ['under an underlined heading', 'Cat\n===\n\nIt has nine lives.', 'It has nine lives. [1]'],
  ])('%s', async (_, passage, quote) => {
    expect(await quotes(question, [passage])).toEqual([quote])
  })

  it('is a message of the user before the last; no other role is quoted', async () => {
    const { text } = await model.generate({
      messages: [
        { role: 'system', content: 'The cat has eight lives.' },
        { role: 'user', content: 'The cat has nine lives.' },
        { role: 'assistant', content: 'The cat has ten lives.' },
        { role: 'user', content: question },
      ],
    })
    expect(text.split('\n\n').slice(1)).toEqual(['The cat has nine lives. [1]'])
  })

  it('of one endless line is quoted in a readable piece', async () => {
    const noise = 'dogs bark at night '.repeat(50_000)
    const [quote = ''] = await quotes(question, [`${noise} the cat has nine lives ${noise}`])
    expect(quote).toContain('the cat has nine lives')
    expect(quote).toMatch(/^… .* … \[1\]$/)
    expect(quote.length).toBeLessThan(620)
  })

  it('is not quoted where it only asks the question itself', async () => {
    const passage = 'Run `ask "When is the gate shut?"` to find out. The gate is shut at nine.'
    expect(await quotes('When is the gate shut?', [passage])).toEqual(['The gate is shut at nine. [1]'])
  })

  it('in another language is quoted by its own words', async () => {
    expect(await quotes('Hauptstadt Frankreich?', ['Die Hauptstadt von Frankreich ist Paris.'])).toEqual([
      'Die Hauptstadt von Frankreich ist Paris. [1]',
    ])
    expect(await quotes('法国首都', ['德国很大。法国首都是巴黎。'])).toEqual(['法国首都是巴黎。 [1]'])
  })
})

describe('a request with nothing to go by', () => {
  it.each([
    ['no passages', 'What is a job?', []],
    ['empty passages', 'What is a job?', ['', '\n', '[3] a.md:1', '[4]']],
    ['an empty question', '', manual],
    ['a question of filler', 'How do I do it, please?', manual],
    ['a question of signs', '?! \u0000 \uD800 🙂', manual],
  ])('is refused: %s', async (_, question, passages) => {
    expect(await quotes(question, passages)).toEqual([])
  })

  it('is refused when no message is of the user', async () => {
    const { finish } = await model.generate({ messages: [{ role: 'system', content: 'Quote.' }] })
    expect(finish.vendorReason).toBe('nothing_relevant')
  })
})

describe('hostile text', () => {
  const word = fc.constantFrom(
    'job',
    'cancel',
    'a',
    '__proto__',
    'constructor',
    '. ',
    '\n',
    '\r\n',
    '# ',
    '- ',
    '| ',
    '```',
    '~~~',
    '[1] ',
    '>',
    '`',
    ':',
    '?',
    '🙂',
    '\uD800',
    '。',
    '\u0000',
    'é',
  )
  const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(''))

  it('never makes it fail, and every quote stands in its passage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 5 }), text, async (passages, question) => {
        const { text: answer } = await model.generate(request(question, passages))
        for (const [, line = '', number] of answer.matchAll(/\n\n(.*) \[(\d+)\]$/gmu)) {
          const sources = passages.filter(
            (passage, index) => index + 1 === Number(number) || passage.includes(`[${number}]`),
          )
          const squeezed = sources.map((source) => source.replaceAll(/[\s>]+/g, ''))
          expect(squeezed.some((source) => source.includes(line.replaceAll(/[\s>…]+/g, '')))).toBe(true)
        }
      }),
    )
  })

  it.each([
    ['dots', '.'],
    ['dots and stars', '.*'],
    ['hashes', '# '],
    ['bars', '| '],
    ['brackets', '['],
    ['images', '!['],
    ['tags', '<a '],
    ['quotations', '> '],
    ['backticks', '`'],
    ['dashes', '- '],
    ['spaces', ' '],
    ['lines', '\n'],
    ['headings', '# a\n'],
    ['leads', 'Cat:\n- cat\n'],
  ])('of 100,000 %s is read in one go', async (_, unit) => {
    await expect(quotes('How many lives does the cat have?', [`${unit.repeat(100_000)}x`])).resolves.toBeDefined()
  })
})
