import type { LanguageModel } from '@empire/llm/model'
import type { Environment } from './environment.ts'
import type { EmbedderName, ModelName } from './model-name.ts'

/** A question, and what to answer it from. */
export interface AskOptions {
  question: string
  /** Files and folders to read: Markdown, text, HTML. Default: the Markdown below the current folder. */
  paths?: readonly string[] | undefined
  /** An index file of `rag ingest` to ask in place of files. Default: `paths` are read. */
  index?: string | undefined
  /** How many passages to search for. Default: 8. */
  top?: number | undefined
  /** How many tokens the context may hold. Default: 4,000. */
  budget?: number | undefined
  /** Which model answers: a name, or any model. Default: `llm-extractive`. */
  model?: ModelName | LanguageModel | undefined
  /** What made the vectors of the index, if it has some: another is refused. Default: what the file says. */
  embedder?: EmbedderName | undefined
  /** A folder for the record of the run, which has none yet: each step, and the calls of the model. Default: none. */
  record?: string | undefined
  /** A folder with such a record: the model is not asked, and needs no key. Default: the model is asked. */
  replay?: string | undefined
  /** A file for the page of the run, in HTML: each step with its time, its state, and the hashes of the audit; also if it fails. Default: none. */
  trace?: string | undefined
  /** Where the keys of the vendors are. Default: `process.env`. */
  environment?: Environment | undefined
  /** Stops the work; the call rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Told how many files are read and how many chunks are indexed, as they are. */
  onProgress?: ((counts: { files: number; chunks: number }) => void) | undefined
  /** Gets the answer piece by piece, as the model writes it. */
  onText?: ((text: string) => void) | undefined
}
