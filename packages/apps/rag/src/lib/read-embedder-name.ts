import { embedderForms, type EmbedderName, isEmbedderName } from './model-name.ts'
import { UsageError } from './usage-error.ts'

/** The name that `--embedder` was given. */
export function readEmbedderName(name: string | undefined): EmbedderName | undefined {
  if (name === undefined || isEmbedderName(name)) return name
  throw new UsageError(`There is no embedder "${name}". The embedders are ${embedderForms}.`)
}
