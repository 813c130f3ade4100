import { EmpireError } from '@empire/errors'
import type { RepairKind } from './repair-kind.ts'

/** Why a text holds no value: it is empty, all of it is prose, or all of it is a model's thoughts. */
export type NoValueReason = 'empty' | 'prose' | 'thought'

const explanations: Readonly<Record<NoValueReason, string>> = {
  empty: 'it is empty',
  prose: 'it is prose: no object, array, quoted string, number or literal begins in it',
  thought: 'all of it is a thought of the model: nothing follows the thought',
}

/** No value can be read from a text: `json_unrepairable`, with the reason in `details.reason`. */
export class JsonUnrepairableError extends EmpireError<'json_unrepairable'> {
  constructor(reason: NoValueReason, length: number) {
    super(
      'json_unrepairable',
      `Expected a text that holds a JSON value, got ${length} characters without one: ${explanations[reason]}. Ask for the value again.`,
      { details: { reason, length } },
    )
  }
}

/** `strict: 'safe'` refused a repair that can change the meaning: `json_repair_unsafe`, with its kind and offset. */
export class JsonRepairUnsafeError extends EmpireError<'json_repair_unsafe'> {
  constructor(kind: RepairKind, offset: number) {
    super(
      'json_repair_unsafe',
      `Expected JSON that can be repaired without changing its meaning, but offset ${offset} needs ${kind}. Ask for the value again, or repair it without strict: 'safe'.`,
      { details: { kind, offset } },
    )
  }
}
