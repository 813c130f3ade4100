import { appendFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LanguageModel } from '@empire/llm'
import { definePipeline } from '@empire/pipeline'
import type { KnowledgeBase } from './knowledge-base.ts'

/** What answers a question, and where answers go. */
export interface AnswerParts {
  readonly index: KnowledgeBase['index']
  readonly model: LanguageModel
  /** Has a file for each answer, named by its key, and a line in `log` for each time that one was published. */
  readonly folder: string
  /** Called when an answer was published, before the pipeline knows that. */
  readonly onPublished?: (() => void) | undefined
}

/**
 * A pipeline that opens a ticket, finds passages, asks the model about them, and publishes the answer in the place of the ticket. If
 * that fails, there is no ticket.
 */
export function createAnswerPipeline({ index, model, folder, onPublished }: AnswerParts) {
  return definePipeline<{ readonly question: string }>('answer')
    .step('ticket', {
      run: async ({ input, runId }) => {
        const path = join(folder, runId)
        await writeFile(path, `? ${input.question}`)
        return path
      },
      compensate: ({ runId }) => rm(join(folder, runId), { force: true }),
    })
    .step('passages', {
      run: async ({ input, signal }) => {
        const { hits } = await index.search({ query: input.question, limit: 2, fields: ['path', 'text'] }, { signal })
        return hits.map(({ fields }) => ({ path: String(fields.path), text: String(fields.text) }))
      },
    })
    .step('answer', {
      needs: ['ticket', 'passages'],
      retry: { attempts: 3, baseDelay: 1 },
      run: async ({ input, needs, signal }) => {
        const passages = needs.passages.map(
          ({ path, text }) => ({ role: 'user', content: `${path}: ${text}` }) as const,
        )
        const messages = [...passages, { role: 'user', content: input.question } as const]
        let text = ''
        for await (const part of model.stream({ messages }, { signal })) {
          if (part.type === 'text-delta') text += part.text
        }
        return text
      },
    })
    .step('publish', {
      needs: ['ticket', 'answer'],
      irreversible: true,
      run: async ({ needs, runId }) => {
        await appendFile(join(folder, 'log'), `${runId}\n`)
        await writeFile(needs.ticket, needs.answer)
        onPublished?.()
      },
    })
}
