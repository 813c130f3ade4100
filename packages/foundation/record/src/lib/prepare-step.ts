import { writeJson } from './canonical-json.ts'
import { hashText } from './content-hash.ts'
import type { Content, PreparedStep } from './record-store.ts'
import type { Step, StepReceipt } from './run-step.ts'

/** The addresses of a step, and the texts that a store keeps of it. */
export function prepareStep(step: Step, run: string, at: number): { receipt: StepReceipt; prepared: PreparedStep } {
  const kind = writeJson(step.kind, 'step.kind')
  const meta = writeJson(step.meta ?? {}, 'step.meta')
  const parents = writeJson(step.parents ?? [], 'step.parents')
  const inputs = contentOf(step.inputs, 'step.inputs')
  const output = contentOf(step.output, 'step.output')
  const inputsMember = inputs === undefined ? '' : `"inputs":"${inputs.hash}",`
  const outputMember = output === undefined ? '' : `"output":"${output.hash}",`
  const id = hashText(`{${inputsMember}"kind":${kind},${outputMember}"parents":${parents}}`)
  const head = `{"at":${writeJson(at, 'now()')},"id":"${id}",${inputsMember}"kind":${kind},"meta":${meta},${outputMember}"parents":${parents},"previous":`
  const tail = `,"run":${writeJson(run, 'run')}}`
  return {
    receipt: { id, inputs: inputs?.hash, output: output?.hash },
    prepared: {
      textAfter: (previous) => `${head}${JSON.stringify(previous)}${tail}`,
      contents: distinct(inputs, output),
    },
  }
}

function contentOf(value: unknown, parameter: string): Content | undefined {
  if (value === undefined) return undefined
  const text = writeJson(value, parameter)
  return { hash: hashText(text), text }
}

function distinct(inputs: Content | undefined, output: Content | undefined): Content[] {
  if (inputs === undefined) return output === undefined ? [] : [output]
  return output === undefined || output.hash === inputs.hash ? [inputs] : [inputs, output]
}
