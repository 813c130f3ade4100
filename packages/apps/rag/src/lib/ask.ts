import { isPrompt } from '@empire/context'
import { collectResponse, type LanguageModel } from '@empire/llm/model'
import { definePipeline } from '@empire/pipeline'
import type { Answer } from './answer.ts'
import { buildContext } from './build-context.ts'
import { checkOptions } from './check-options.ts'
import { readCitations } from './citations.ts'
import { costOf } from './cost-of.ts'
import type { Environment } from './environment.ts'
import { findPassages } from './find-passages.ts'
import type { EmbedderOptions } from './index-embedder.ts'
import type { Library } from './library.ts'
import { defaultModel, type EmbedderName, type ModelName } from './model-name.ts'
import { readDocuments } from './read-documents.ts'
import { tellText } from './tell-text.ts'
import { openSession } from './open-session.ts'
import type { Session } from './session.ts'

/** A question, and what to answer it from. */
export interface AskOptions {
  question: string
  /** Files and folders to read: Markdown, text, HTML. Default: the Markdown below the current folder. */
  paths?: readonly string[] | undefined
  /** An index file of `rag ingest` to ask in place of files. Default: `paths` are read. */
  index?: string | undefined
  /** How many passages to search for. Default: 8. */
  top?: number | undefined
  /** How many tokens the context may hold. Default: 4,000. */
  budget?: number | undefined
  /** Which model answers: a name, or any model. Default: `llm-extractive`. */
  model?: ModelName | LanguageModel | undefined
  /** What made the vectors of the index, if it has some: another is refused. Default: what the file says. */
  embedder?: EmbedderName | undefined
  /** A folder for the record of the run, which has none yet: each step, and the calls of the model. Default: none. */
  record?: string | undefined
  /** A folder with such a record: the model is not asked, and needs no key. Default: the model is asked. */
  replay?: string | undefined
  /** A file for the page of the run, in HTML: each step with its time, its state, and the hashes of the audit; also if it fails. Default: none. */
  trace?: string | undefined
  /** Where the keys of the vendors are. Default: `process.env`. */
  environment?: Environment | undefined
  /** Stops the work; the call rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Told how many files are read and how many chunks are indexed, as they are. */
  onProgress?: ((counts: { files: number; chunks: number }) => void) | undefined
  /** Gets the answer piece by piece, as the model writes it. */
  onText?: ((text: string) => void) | undefined
}

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
