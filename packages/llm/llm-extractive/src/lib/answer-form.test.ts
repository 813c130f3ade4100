import { describe, expect, it } from 'vitest'
import { createFormJudge } from './answer-form.ts'

describe('createFormJudge', () => {
  it.each([
    'How many retries are there?',
    'What port does it listen on?',
    'What is the default port?',
    'Which version is supported?',
    'What is the size limit of a payload?',
    'When was it released?',
  ])('wants a number for "%s"', (question) => {
    const judge = createFormJudge(question)
    expect(judge('The limit is 5.').fits).toBe(true)
    expect(judge('There are three of them.').fits).toBe(true)
    expect(judge('There are thirty or more.').fits).toBe(true)
    expect(judge('There is a limit.').fits).toBe(false)
  })

  it.each([
    'What happens when the port is taken?',
    'What sets the port?',
    'What status does an aborted job have?',
    'When does the hook run?',
    'Which version control is used?',
    'How do I limit the size?',
  ])('wants no number for "%s"', (question) => {
    expect(createFormJudge(question)('There is a limit.').fits).toBe(true)
  })

  it.each([
    ['What is a job?', 'A job is one unit of work.', 'Cancel the job.'],
    ['What is the default level?', 'The default is `info`.', 'The level is read once.'],
    ['How do I stop it?', 'Call `stop()`.', 'It can be stopped.'],
    ['How long does it wait?', 'It waits 5 seconds.', 'It waits.'],
  ])('to "%s" prefers "%s" to "%s"', (question, better, worse) => {
    const judge = createFormJudge(question)
    expect(judge(better).bonus).toBeGreaterThan(judge(worse).bonus)
  })
})
