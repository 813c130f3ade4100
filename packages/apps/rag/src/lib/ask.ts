import { isPrompt } from '@empire/context'
import { definePipeline } from '@empire/pipeline'
import type { Answer } from './answer.ts'
import { buildContext } from './build-context.ts'
import { checkOptions } from './check-options.ts'
import { readCitations } from './citations.ts'
import { findPassages } from './find-passages.ts'
import { createModel, type ModelName } from './models.ts'
import { readDocuments } from './read-documents.ts'

/** A question, and what to answer it from. */
export interface AskOptions {
  question: string
  /** Files and folders to read: Markdown, text, HTML. Default: the Markdown below the current folder. */
  paths?: readonly string[] | undefined
  /** How many passages to search for. Default: 8. */
  top?: number | undefined
  /** How many tokens the context may hold. Default: 4,000. */
  budget?: number | undefined
  /** Which model answers. Default: `llm-extractive`. */
  model?: ModelName | undefined
  /** Stops the work; the call rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Told how many files are read and how many chunks are indexed, as they are. */
  onProgress?: ((counts: { files: number; chunks: number }) => void) | undefined
}

interface Input {
  question: string
  paths: readonly string[] | undefined
  top: number
  budget: number
  model: ModelName
  onProgress: (counts: { files: number; chunks: number }) => void
}

const rag = definePipeline<Input>('rag')
  .step('ingest', {
    run: ({ input: { paths, onProgress }, signal }) => readDocuments({ paths, onProgress, signal }),
  })
  .step('search', {
    needs: ['ingest'],
    run: ({ input: { question, top }, needs }) => findPassages(needs.ingest, question, top),
  })
  .step('context', {
    needs: ['search'],
    run: ({ input: { question, budget }, needs }) => buildContext(question, needs.search, budget),
  })
  .step('answer', {
    needs: ['context'],
    run: ({ input: { model }, needs, signal }) =>
      createModel(model).generate({ messages: needs.context.context.renderMessages().filter(isPrompt) }, { signal }),
  })

/**
 * Answers a question from files: ingest, search, context and model as one pipeline.
 *
 * Files that cannot be read are problems in the answer's `documents`, not errors. Rejects with `StepFailedError` when a
 * step fails: its `cause` is a `UsageError` when the budget cannot hold the question. Rejects with `TypeError` for options
 * of a wrong type, and with `UsageError` when the current folder is gone.
 */
export async function ask(options: AskOptions): Promise<Answer> {
  const { question, top = 8, budget = 4000, model = 'llm-extractive', paths, signal, onProgress = () => {} } = options
  checkOptions({ question, paths, top, budget, model })
  const { outputs, steps } = await rag.run({ question, top, budget, model, paths, onProgress }, { signal })
  const { ingest, context, answer } = outputs
  const citations = readCitations(answer.text, context.passages)
  const { found, indexed, skipped, failed, chunks, problems } = ingest.report
  return {
    question,
    answered: citations.length > 0,
    answer: answer.text,
    model,
    citations,
    passages: context.passages.map(({ passage }) => passage),
    context: { tokens: context.context.tokenCount(), budget, counter: context.counter },
    steps: steps.map(({ name, duration }) => ({ name, duration })),
    documents: { found, indexed, skipped, failed, chunks, problems },
  }
}
