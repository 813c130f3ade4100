import type { LanguageModel } from '../language-model.ts'

const key = Symbol('alternatives')

/** What a model has that asks one of several: it stays on the wrappers around it, which are copies. */
export function markAlternatives(models: readonly LanguageModel[]): object {
  return { [key]: models }
}

/** The models of which one answers in the end. */
export function alternativesOf(model: LanguageModel): readonly LanguageModel[] {
  const found: LanguageModel[] = []
  const open = [model]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const models = (next as { [key]?: readonly LanguageModel[] })[key]
    if (models === undefined) found.push(next)
    else open.push(...models)
  }
  return found
}
