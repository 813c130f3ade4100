import type { RunRecorder, Step, StepReceipt } from '@empire/record'

/** Records a step. Half surrogate pairs, which a text that was cut may hold and a record may not, are replaced. */
export async function writeStep(recorder: Pick<RunRecorder, 'record'>, step: Step): Promise<StepReceipt> {
  try {
    return await recorder.record(step)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return recorder.record(JSON.parse(JSON.stringify(step, wellFormed)) as Step)
  }
}

function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value
}
