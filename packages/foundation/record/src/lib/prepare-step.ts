import { redact as redactByDefault } from '@empire/redaction'
import { writeJson } from './canonical-json.ts'
import { type ContentHash, contentOf, hashText, plainContent } from './content-hash.ts'
import type { Content, PreparedStep } from './record-store.ts'
import type { Step, StepReceipt } from './run-step.ts'
import { Shared } from './shared-content.ts'
import { writeUnlessSecret } from './write-unless-secret.ts'

type Redact = <Value>(value: Value) => Value

/** Addresses of steps that have a kind alone, of which there are few, by the JSON of the kind. */
const idsOfKinds = new Map<string, ContentHash>()
const mostKinds = 1000
const noContents: readonly Content[] = Object.freeze([])

/**
 * The addresses of a step without its secrets, and the texts that a store keeps of it.
 *
 * @param run Its name as JSON.
 */
export function prepareStep(
  step: Step,
  redact: Redact,
  run: string,
  at: number,
): { receipt: StepReceipt; prepared: PreparedStep } {
  const write = (value: unknown, parameter: string): string =>
    (redact === redactByDefault ? writeUnlessSecret(value) : undefined) ?? writeJson(redact(value), parameter)
  const kind = write(step.kind, 'step.kind')
  const meta = step.meta === undefined ? '{}' : write(step.meta, 'step.meta')
  const parents = step.parents === undefined ? '[]' : write(step.parents, 'step.parents')
  const inputs = safeContent(step.inputs, redact, 'step.inputs')
  const output = safeContent(step.output, redact, 'step.output')
  const inputsMember = inputs === undefined ? '' : `"inputs":"${inputs.hash}",`
  const outputMember = output === undefined ? '' : `"output":"${output.hash}",`
  const isKindAlone = inputs === undefined && output === undefined && step.parents === undefined
  const id = isKindAlone ? idOfKind(kind) : idOf(inputsMember, kind, outputMember, parents)
  const head = `{"at":${writeJson(at, 'now()')},"id":"${id}",${inputsMember}"kind":${kind},"meta":${meta},${outputMember}"parents":${parents},"previous":`
  return {
    receipt: { id, inputs: inputs?.hash, output: output?.hash },
    prepared: {
      textAfter: (previous) => `${head}${previous === null ? 'null' : `"${previous}"`},"run":${run}}`,
      contents: distinct(inputs, output),
    },
  }
}

function idOf(inputs: string, kind: string, output: string, parents: string): ContentHash {
  return hashText(`{${inputs}"kind":${kind},${output}"parents":${parents}}`)
}

function idOfKind(kind: string): ContentHash {
  let id = idsOfKinds.get(kind)
  if (id !== undefined) return id
  if (idsOfKinds.size === mostKinds) idsOfKinds.clear()
  idsOfKinds.set(kind, (id = idOf('', kind, '', '[]')))
  return id
}

function safeContent(value: unknown, redact: Redact, parameter: string): Content | undefined {
  if (value === undefined) return undefined
  // What another redactor takes out is not what is remembered.
  if (redact !== redactByDefault) return plainContent(redact(value), parameter)
  return value instanceof Shared ? (value.safe ??= safeContentOf(value, parameter)) : safeContentOf(value, parameter)
}

function safeContentOf(value: unknown, parameter: string): Content {
  const text = writeUnlessSecret(value)
  if (text === undefined) return plainContent(redactByDefault(value), parameter)
  return value instanceof Shared ? (value.plain ??= contentOf(text)) : contentOf(text)
}

function distinct(inputs: Content | undefined, output: Content | undefined): readonly Content[] {
  if (inputs === undefined) return output === undefined ? noContents : [output]
  return output === undefined || output.hash === inputs.hash ? [inputs] : [inputs, output]
}
