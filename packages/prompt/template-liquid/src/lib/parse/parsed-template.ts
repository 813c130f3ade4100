import type { Body } from '../render/node.ts'

/** A template that has been read. */
export interface ParsedTemplate {
  readonly source: string
  /** What errors call it. */
  readonly name: string | undefined
  readonly body: Body
}
