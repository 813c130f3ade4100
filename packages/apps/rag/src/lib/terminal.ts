import type { Interface } from 'node:readline'
import type { ProgressStream } from './progress.ts'

/** Where the command writes, and what stops it. */
export interface Terminal {
  readonly stdout: Pick<ProgressStream, 'write'>
  readonly stderr: ProgressStream
  /** Opens what questions are typed into. Default: there is nothing to type into. */
  readonly openLines?: (() => Interface | Promise<Interface>) | undefined
  /** Shows a page to the person at the terminal; `false` if it cannot. Default: there is nobody, and its path is printed. */
  readonly openPage?: ((path: string) => Promise<boolean>) | undefined
  readonly signal?: AbortSignal | undefined
}
