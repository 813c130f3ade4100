import type { SearchAnswer } from './search-answer.ts'
import type { TermVectors } from './term-vectors.ts'

/** What a search asks of its index, with the signal of its caller. */
export interface EngineCalls {
  /** `POST /{index}/_search` */
  search(body: object): Promise<SearchAnswer>
  /** `POST /{index}/_termvectors` */
  termVectors(body: object): Promise<TermVectors>
}
