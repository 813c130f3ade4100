import type { Usage } from '@empire/llm/model'

/** A place in the documents that the answer quotes: `[number]` in the answer. */
export interface Citation {
  readonly number: number
  readonly path: string
  /** 1-based, in the file as it is on disk; of a file with pages, in its text. */
  readonly line: number
  /** 1-based, of a file that has pages. */
  readonly page?: number
}

/** A piece of a document that the model was given. */
export interface Passage {
  readonly number: number
  readonly path: string
  readonly lines: { readonly start: number; readonly end: number }
  /** First and last page, of a file that has pages. */
  readonly pages?: { readonly start: number; readonly end: number }
  /** The headings above it, outermost first. */
  readonly headings: readonly string[]
  /** How well it matches the question: BM25, comparable within one answer only. */
  readonly score: number
  readonly text: string
}

/** A file that was left out, and why. */
export interface Problem {
  readonly path: string
  readonly code: string
  readonly message: string
}

/** What became of the files: `found` = `indexed` + `skipped` + `failed`. */
export interface DocumentCounts {
  readonly found: number
  readonly indexed: number
  /** Of a kind that is not read. */
  readonly skipped: number
  readonly failed: number
  readonly chunks: number
  readonly problems: readonly Problem[]
}

/** All that is known about one answered question; plain data. */
export interface Answer {
  readonly question: string
  /** Whether the answer cites a passage. `false`: nothing in the documents is relevant. */
  readonly answered: boolean
  readonly answer: string
  /** Its name, or the id of a model that was given. */
  readonly model: string
  readonly citations: readonly Citation[]
  /** The numbers in the answer that name no passage, each once. */
  readonly unknownCitations: readonly number[]
  /** The tokens of the model. */
  readonly usage: Usage
  /** What the model cost at list prices, in billionths of a US dollar; `null` where that is not known. */
  readonly cost: number | null
  readonly passages: readonly Passage[]
  readonly context: { readonly tokens: number; readonly budget: number; readonly counter: string }
  /** In order of their start; `duration` in milliseconds. */
  readonly steps: readonly { readonly name: string; readonly duration: number }[]
  readonly documents: DocumentCounts
}
