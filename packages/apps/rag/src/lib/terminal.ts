import type { ProgressStream } from './progress.ts'

/** Where the command writes, and what stops it. */
export interface Terminal {
  readonly stdout: Pick<ProgressStream, 'write'>
  readonly stderr: ProgressStream
  readonly signal?: AbortSignal | undefined
}
