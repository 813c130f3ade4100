import type { Interface } from 'node:readline'
import { commandOptions } from './command-options.ts'
import { createChat, type Chat } from './create-chat.ts'
import { createModel } from './create-model.ts'
import { exitCodes } from './exit-codes.ts'
import { explainError } from './explain-error.ts'
import { formatText } from './format-answer.ts'
import { formatPlaces } from './format-places.ts'
import { indexPath } from './index-path.ts'
import { isModelName, modelForms } from './model-name.ts'
import { openLibrary } from './open-library.ts'
import { readCount } from './read-count.ts'
import { readEmbedderName } from './read-embedder-name.ts'
import { readWords } from './read-words.ts'
import { refuseWords } from './refuse-words.ts'
import { loadSettings, type Overrides } from './settings.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const options = {
  index: commandOptions.index,
  help: commandOptions.help,
  top: { type: 'string', example: '8' },
  budget: { type: 'string', example: '4000' },
  model: { type: 'string', example: 'llm-extractive' },
  embedder: { type: 'string', example: 'gemini:gemini-embedding-001' },
} as const

/** `rag chat`: a conversation about what is in an index file, line by line, until the input ends. */
export async function runChat(words: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readWords(words, options)
  refuseWords('rag chat', positionals)
  const { signal, openLines } = terminal
  if (openLines === undefined) throw new UsageError('rag chat needs an input to read questions from.')
  const { top, budget, model } = await loadSettings(readOverrides(values), signal)
  const given = readEmbedderName(values.get('embedder'))
  const path = await indexPath(values.get('index'), signal)
  await using library = await openLibrary(path, { given, environment: process.env, signal })
  const chat = createChat({ library, model: await createModel(model, process.env), top, budget })
  signal?.throwIfAborted()
  using lines = await openLines()
  await talk(chat, lines, terminal)
  signal?.throwIfAborted()
  return exitCodes.answered
}

/** Ctrl-C stops the answer that is being written; a second one without a question in between ends the conversation. */
async function talk(chat: Chat, lines: Interface, { stdout, stderr, signal }: Terminal): Promise<void> {
  let isWarned = false
  let isOver = false
  let isClosed = false
  let turn: AbortController | undefined
  const end = (): void => {
    isOver = true
    turn?.abort('stopped')
    lines.close()
  }
  // The input may end while the last question is answered.
  const prompt = (): void => {
    if (!isClosed) lines.prompt()
  }
  lines.once('close', () => (isClosed = true))
  lines.on('SIGINT', () => {
    if (isWarned) return end()
    isWarned = true
    if (turn !== undefined) return turn.abort('stopped')
    stderr.write('\nCtrl-C again ends the conversation.\n')
    prompt()
  })
  signal?.addEventListener('abort', end, { once: true })
  try {
    prompt()
    for await (const line of lines) {
      if (isOver) return
      isWarned = false
      turn = new AbortController()
      if (line.trim() !== '') await answer(chat, line.trim(), turn.signal, { stdout, stderr, signal })
      turn = undefined
      prompt()
    }
  } finally {
    signal?.removeEventListener('abort', end)
  }
}

async function answer(chat: Chat, question: string, stop: AbortSignal, terminal: Terminal): Promise<void> {
  const { stdout, stderr, signal } = terminal
  try {
    const turn = await chat.ask(question, {
      signal: stop,
      onText: (text) => void stdout.write(formatText(text)),
    })
    stdout.write(`\n${formatPlaces(turn).join('\n')}\n`)
  } catch (error) {
    if (signal?.aborted === true) return
    if (stop.aborted) return void stderr.write('\nStopped.\n')
    const explained = explainError(error)
    if (explained === undefined) throw error
    stderr.write(`\n${explained.text}`)
  }
}

function readOverrides(values: ReadonlyMap<string, string>): Overrides {
  const model = values.get('model')
  if (model !== undefined && !isModelName(model)) {
    throw new UsageError(`There is no model "${model}". The models are ${modelForms}.`)
  }
  const given = { top: readCount('top', values.get('top')), budget: readCount('budget', values.get('budget')), model }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
