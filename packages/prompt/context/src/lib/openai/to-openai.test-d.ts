import type OpenAI from 'openai'
import { createContext } from '../context.ts'
import { fromOpenAI } from './from-openai.ts'
import { toOpenAI } from './to-openai.ts'

declare const client: OpenAI

const context = createContext()

toOpenAI(context) satisfies OpenAI.ChatCompletionMessageParam[]

async function converse(): Promise<void> {
  const answer = await client.chat.completions.create({ model: 'gpt-5', messages: toOpenAI(context, { assigns: {} }) })
  const [choice] = answer.choices
  if (choice !== undefined) fromOpenAI([...toOpenAI(context), choice.message])
}

declare const history: OpenAI.ChatCompletionMessageParam[]
fromOpenAI(history, { model: 'gpt-5' })
// @ts-expect-error: an option of another door
toOpenAI(context, { thoughtSignature: '' })
void converse
