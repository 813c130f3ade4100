import { isRecord } from '../is-record.ts'
import type { Fields } from '../wire/vendor-fields.ts'

/** Gives ids to the calls and responses of a history that has none. */
export interface GeminiCalls {
  /** The part, with an id where it needs one: that of the first call of this name without a response, for a response. */
  identify(part: Fields): Fields
}

/** Nothing was called yet. Ids are `call_1`, `call_2` and so on: alike for a history that is read twice. */
export function createGeminiCalls(): GeminiCalls {
  const waiting = new Map<unknown, string[]>()
  let count = 0
  return {
    identify(part) {
      const { functionCall: call, functionResponse: response } = part
      if (isRecord(call) && isMissing(call['id'])) {
        const id = `call_${++count}`
        const ids = waiting.get(call['name'])
        if (ids === undefined) waiting.set(call['name'], [id])
        else ids.push(id)
        return { ...part, functionCall: { ...call, id } }
      }
      if (isRecord(response) && isMissing(response['id'])) {
        const id = waiting.get(response['name'])?.shift()
        return id === undefined ? part : { ...part, functionResponse: { ...response, id } }
      }
      return part
    },
  }
}

function isMissing(id: unknown): boolean {
  return id === undefined || id === null || id === ''
}
