import type { LanguageModel } from '@empire/llm'
import { createExtractive } from '@empire/llm-extractive'

const factories = { 'llm-extractive': createExtractive } as const satisfies Record<string, () => LanguageModel>

/** The names that `--model` takes; the first is the default. */
export const modelNames = Object.keys(factories) as [ModelName, ...ModelName[]]

/** A name that `--model` takes. */
export type ModelName = keyof typeof factories

/** Makes the model of a name. */
export function createModel(name: ModelName): LanguageModel {
  return factories[name]()
}
