/** What is known of one kind of repair. */
export interface RepairKindFacts {
  /** Whether the repair can change what the author meant. `strict: 'safe'` allows only kinds for which it is `false`. */
  readonly changesMeaning: boolean
  /** How far a kind lowers the confidence when it occurs, 0–1. */
  readonly risk: number
}

const safe = 0.01

/**
 * Every kind of repair, in the order of priority: where two kinds could repair the same place and the look-ahead
 * favours neither, the one that stands first is taken.
 */
export const repairKinds = {
  replace_space: { changesMeaning: false, risk: 0 },
  remove_comment: { changesMeaning: false, risk: safe },
  remove_fence: { changesMeaning: false, risk: safe },
  remove_thought: { changesMeaning: false, risk: safe },
  remove_prose: { changesMeaning: false, risk: safe },
  replace_quote: { changesMeaning: false, risk: safe },
  quote_key: { changesMeaning: false, risk: safe },
  escape_control: { changesMeaning: false, risk: safe },
  replace_escape: { changesMeaning: false, risk: safe },
  replace_literal: { changesMeaning: false, risk: safe },
  normalize_number: { changesMeaning: false, risk: safe },
  join_strings: { changesMeaning: false, risk: safe },
  remove_trailing_comma: { changesMeaning: false, risk: safe },
  replace_bracket: { changesMeaning: true, risk: 0.03 },
  unwrap_call: { changesMeaning: true, risk: 0.03 },
  decode_string: { changesMeaning: true, risk: 0.03 },
  unescape_text: { changesMeaning: true, risk: 0.05 },
  replace_separator: { changesMeaning: true, risk: 0.03 },
  insert_comma: { changesMeaning: true, risk: 0.03 },
  insert_colon: { changesMeaning: true, risk: 0.05 },
  remove_comma: { changesMeaning: true, risk: 0.05 },
  trim_zeros: { changesMeaning: true, risk: 0.1 },
  replace_non_finite: { changesMeaning: true, risk: 0.1 },
  remove_ellipsis: { changesMeaning: true, risk: 0.1 },
  quote_value: { changesMeaning: true, risk: 0.1 },
  escape_quote: { changesMeaning: true, risk: 0.1 },
  escape_backslash: { changesMeaning: true, risk: 0.1 },
  insert_quote: { changesMeaning: true, risk: 0.15 },
  insert_closer: { changesMeaning: true, risk: 0.1 },
  insert_opener: { changesMeaning: true, risk: 0.15 },
  replace_closer: { changesMeaning: true, risk: 0.15 },
  remove_closer: { changesMeaning: true, risk: 0.1 },
  remove_opener: { changesMeaning: true, risk: 0.15 },
  insert_null: { changesMeaning: true, risk: 0.2 },
  insert_key: { changesMeaning: true, risk: 0.3 },
  join_values: { changesMeaning: true, risk: 0.1 },
  complete_cut: { changesMeaning: true, risk: 0.1 },
  remove_cut: { changesMeaning: true, risk: 0.1 },
  remove_text: { changesMeaning: true, risk: 0.3 },
} as const satisfies Record<string, RepairKindFacts>

/** The name of a kind of repair: a verb, and the noun that it is done to. */
export type RepairKind = keyof typeof repairKinds

/**
 * How far the result can be trusted, 0–1: the product of `1 − risk` over the distinct kinds of repair. 1 without
 * repairs. How often a kind occurs does not count, so that a long text is not worse than a short one.
 */
export function confidenceOf(kinds: Iterable<RepairKind>): number {
  let confidence = 1
  for (const kind of new Set(kinds)) confidence *= 1 - repairKinds[kind].risk
  return Math.round(confidence * 1000) / 1000
}
