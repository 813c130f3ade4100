import { closestName } from '@empire/errors'

/** What other libraries call a property: too far from our name to be found as a slip. */
const ours: ReadonlyMap<string, readonly string[]> = new Map([
  ['content', ['raw', 'result']],
  ['text', ['raw']],
  ['arguments', ['args']],
  ['input', ['args']],
  ['toolName', ['tool']],
  ['output', ['result']],
  ['error', ['isError']],
  ['mime', ['mimeType']],
  ['mediaType', ['mimeType']],
  ['tool_call_id', ['callId', 'id']],
  ['toolCallId', ['callId', 'id']],
])

/** Throws `TypeError` for a property of `value` that is none of `known`, calling the object `name`. */
export function checkKnownKeys(value: object, known: ReadonlySet<string>, name: string): void {
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue
    const closest = ours.get(key)?.find((own) => known.has(own)) ?? closestName(key, known)
    const hint = closest === undefined ? '' : ` Did you mean ${JSON.stringify(closest)}?`
    throw new TypeError(`Unknown property ${JSON.stringify(key)} of "${name}".${hint} Known: ${[...known].join(', ')}.`)
  }
}
