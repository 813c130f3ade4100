import { generateText, type LanguageModel, type ModelMessage, type Prompt } from 'ai'
import { createContext } from '../context.ts'
import { fromAiSdk } from './from-ai-sdk.ts'
import { toAiSdk } from './to-ai-sdk.ts'

declare const model: LanguageModel

const context = createContext()

toAiSdk(context).messages satisfies ModelMessage[]
toAiSdk(context) satisfies Prompt

async function converse(): Promise<void> {
  const answer = await generateText({ model, ...toAiSdk(context) })
  fromAiSdk([...toAiSdk(context).messages, ...answer.response.messages])
}

declare const history: ModelMessage[]
fromAiSdk(history)
fromAiSdk({ messages: history, instructions: [{ role: 'system', content: 'Be brief.' }] }, { model: 'any' })
void converse
