import type { LanguageModel } from '@empire/llm'
import { createGemini } from '@empire/llm-gemini'
import { createSqliteJournal } from '@empire/pipeline/sqlite'
import { createAnswerPipeline } from './answer-pipeline.ts'
import { questionAbout } from './houses.ts'
import { openKnowledgeBase } from './knowledge-base.ts'

/**
 * A process that answers the questions about so many houses, one after the other: `node answer-worker.ts database folder url houses
 * [killAt]`. It kills itself at a point, counted from 0: each event of a run is one, and so are both ends of an answer of the model,
 * and what has been published but is in no journal.
 */
const [database = '', folder = '', baseUrl = '', houses, killAt] = process.argv.slice(2)

let points = 0
function point(): void {
  if (points++ === Number(killAt)) process.kill(process.pid, 'SIGKILL')
}

function withPoints(model: LanguageModel): LanguageModel {
  return {
    ...model,
    async *stream(request, options) {
      point()
      yield* model.stream(request, options)
      point()
    },
  }
}

const base = await openKnowledgeBase(database)
const journal = createSqliteJournal({ path: `${database}.runs` })
const model = withPoints(createGemini({ model: 'gemini-2.5-flash', apiKey: 'test-key', baseUrl }))
const pipeline = createAnswerPipeline({ index: base.index, model, folder, onPublished: point })
for (let house = 0; house < Number(houses); house++) {
  const options = { runId: `house${house}`, journal, onEvent: point }
  await pipeline.run({ question: questionAbout(house) }, options)
}
await journal.close()
await base.close()
process.stdout.write(String(points))
