import { isPrompt } from '@empire/context'
import { collectResponse } from '@empire/llm/model'
import { definePipeline } from '@empire/pipeline'
import type { Answer } from './answer.ts'
import type { AskOptions } from './ask-options.ts'
import { buildContext } from './build-context.ts'
import { checkOptions } from './check-options.ts'
import { readCitations } from './citations.ts'
import { costOf } from './cost-of.ts'
import { findPassages } from './find-passages.ts'
import type { EmbedderOptions } from './index-embedder.ts'
import type { Library } from './library.ts'
import { defaultModel } from './model-name.ts'
import { readDocuments } from './read-documents.ts'
import { tellText } from './tell-text.ts'
import { openSession } from './open-session.ts'
import type { Session } from './session.ts'

/** What is asked, as the audit has it. */
interface Input {
  readonly question: string
  readonly paths?: readonly string[]
  readonly index?: string
  readonly top: number
  readonly budget: number
  readonly model: string
}

/** What a run works with that is no data. */
interface Tools {
  /** What to ask, if it is there already. */
  readonly library: Library | undefined
  readonly session: Session
  readonly onProgress: (counts: { files: number; chunks: number }) => void
  readonly onText: (text: string) => void
}

/** From step to step goes data alone: so the audit can have its hashes. */
function createPipeline({ library: stored, session, onProgress, onText }: Tools) {
  let library: Library
  return definePipeline<Input>('rag')
    .step('ingest', {
      async run({ input: { paths }, signal }) {
        library = stored ?? (await readDocuments({ paths, onProgress, signal }))
        return library.documents
      },
    })
    .step('search', {
      needs: ['ingest'],
      run: ({ input: { question, top }, signal }) => findPassages(library, question, top, signal),
    })
    .step('context', {
      needs: ['search'],
      run({ input: { question, budget }, needs }) {
        const { context, passages, counter } = buildContext(question, needs.search, budget)
        const messages = context.renderMessages().filter(isPrompt)
        return { messages, passages, counter, tokens: context.tokenCount() }
      },
    })
    .step('answer', {
      needs: ['context'],
      async run({ input: { question, top, budget }, needs, signal }) {
        const { messages, passages, counter } = needs.context
        const found = passages.map(({ passage }) => passage)
        await session.note({ kind: 'search', inputs: { question, top }, output: found })
        await session.note({ kind: 'context', inputs: { budget, counter }, output: messages })
        return collectResponse(tellText(session.model.stream({ messages }, { signal }), onText))
      },
    })
}

/**
 * Answers a question from files: ingest, search, context and model as one pipeline.
 *
 * Files that cannot be read are problems in the answer's `documents`, not errors. Rejects with `StepFailedError` when a
 * step fails: its `cause` is a `UsageError` when the budget cannot hold the question, a `ModelError` when the model does not
 * answer, a `ModelCassetteError` when the record that is replayed holds another request. Rejects with `UsageError` when there is no index in the file, and with `SearchError` when it is damaged. Rejects with `TypeError` for options
 * of a wrong type, with `MissingKeyError` when there is no key for the model, and with `UsageError` when the current folder
 * is gone or a folder of a record cannot be used. Both come before any file is read.
 */
export async function ask(options: AskOptions): Promise<Answer> {
  const { question, top = 8, budget = 4000, model = defaultModel, paths, index, record, replay, signal } = options
  const { onProgress = () => {}, onText = () => {}, environment = process.env } = options
  checkOptions(options)
  const name = typeof model === 'string' ? model : model.id
  const { embedder: given, trace } = options
  await using library = index === undefined ? undefined : await openStoredLibrary(index, { given, environment, signal })
  const session = await openSession({ model, record, replay, environment })
  try {
    const input = {
      question,
      ...(paths === undefined ? {} : { paths }),
      ...(index === undefined ? {} : { index }),
      top,
      budget,
      model: name,
    }
    const { paths: docs, ...others } = input
    await session.note({ kind: 'ask', inputs: docs === undefined ? others : { docs, ...others } })
    const pipeline = createPipeline({ library, session, onProgress, onText })
    const { outputs, steps } = await run(pipeline, input, { trace, signal })
    const { ingest, context, answer } = outputs
    const { citations, unknown } = readCitations(answer.text, context.passages)
    const said = {
      answered: citations.length > 0,
      answer: answer.text,
      model: name,
      citations,
      unknownCitations: unknown,
      usage: answer.usage,
      cost: await costOf(answer, session.model),
    }
    await session.note({ kind: 'answer', output: said })
    return {
      question,
      ...said,
      passages: context.passages.map(({ passage }) => passage),
      context: { tokens: context.tokens, budget, counter: context.counter },
      steps: steps.map((step) => ({ name: step.name, duration: step.duration })),
      documents: ingest,
    }
  } finally {
    await session.close()
  }
}

type AskPipeline = ReturnType<typeof createPipeline>

/** Loads what draws a run only here. */
async function run(
  pipeline: AskPipeline,
  input: Input,
  { trace, signal }: Pick<AskOptions, 'trace' | 'signal'>,
): ReturnType<AskPipeline['run']> {
  if (trace === undefined) return pipeline.run(input, { signal })
  const { startTrace } = await import('./trace.ts')
  const { observers, runId, end } = await startTrace(trace)
  try {
    return await pipeline.run(input, { signal, observers, runId })
  } finally {
    await end()
  }
}

/** Loads what reads an index only here. */
async function openStoredLibrary(path: string, options: EmbedderOptions): Promise<Library & AsyncDisposable> {
  const { openLibrary } = await import('./open-library.ts')
  return openLibrary(path, options)
}
