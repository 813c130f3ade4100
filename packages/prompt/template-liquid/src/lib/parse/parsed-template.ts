import type { Body } from '../render/node.ts'
import type { RenderableTemplate } from '../render/run.ts'

/** A template that has been read. */
export interface ParsedTemplate extends RenderableTemplate {
  readonly body: Body
}
