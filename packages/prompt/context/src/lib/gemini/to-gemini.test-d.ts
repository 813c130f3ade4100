import type { Content, GenerateContentParameters, GoogleGenAI } from '@google/genai'
import { createContext } from '../context.ts'
import { fromGemini } from './from-gemini.ts'
import { toGemini } from './to-gemini.ts'

declare const client: GoogleGenAI

const context = createContext()

toGemini(context).contents satisfies Content[]

async function converse(): Promise<void> {
  const { contents, ...config } = toGemini(context, { thoughtSignature: 'x' })
  const request = { model: 'gemini-3', contents, config } satisfies GenerateContentParameters
  const answer = await client.models.generateContent(request)
  fromGemini({ contents: [...contents, answer.candidates?.[0]?.content ?? {}] })
}

declare const history: Content[]
fromGemini({ contents: history, systemInstruction: 'Be brief.' }, { model: 'gemini-3' })
void converse
