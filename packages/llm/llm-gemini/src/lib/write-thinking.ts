import type { ReasoningOptions } from '@empire/llm'
import { isBeforeGemini3, isBeforeThinking } from './model-family.ts'

/** A `ThinkingConfig`. */
export interface ThinkingConfig {
  readonly thinkingBudget?: number
  readonly thinkingLevel?: string
  readonly includeThoughts?: boolean
}

/** The budgets that Google's own OpenAI endpoint takes for the efforts. */
const budgets = { low: 1024, medium: 8192, high: 24_576 } as const

/** How much to think: levels exist since Gemini 3, models before it get a budget, and those before 2.5 nothing. Thoughts are shown unless there are none. */
export function writeThinking({ budget, effort }: ReasoningOptions, model: string): ThinkingConfig | undefined {
  if (isBeforeThinking(model)) return undefined
  if (budget === 0) return { thinkingBudget: 0 }
  if (budget !== undefined) return { thinkingBudget: budget, includeThoughts: true }
  if (effort === undefined) return undefined
  if (isBeforeGemini3(model)) return { thinkingBudget: budgets[effort], includeThoughts: true }
  return { thinkingLevel: effort.toUpperCase(), includeThoughts: true }
}
