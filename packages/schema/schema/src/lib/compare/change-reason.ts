/**
 * Why values that one schema admits are refused by the other. Words in pairs are the two directions of one change: what was
 * admitted and is not any more, what was not and is now.
 */
export type ChangeReason =
  | 'type_removed'
  | 'type_added'
  | 'value_removed'
  | 'value_added'
  | 'required_added'
  | 'required_removed'
  | 'property_removed'
  | 'property_added'
  | 'property_constrained'
  | 'property_freed'
  | 'other_properties_closed'
  | 'other_properties_opened'
  | 'property_names_narrowed'
  | 'property_names_widened'
  | 'dependency_added'
  | 'dependency_removed'
  | 'bound_tightened'
  | 'bound_loosened'
  | 'multiple_of_added'
  | 'multiple_of_removed'
  | 'pattern_added'
  | 'pattern_removed'
  | 'format_added'
  | 'format_removed'
  | 'unique_items_added'
  | 'unique_items_removed'
  | 'contains_added'
  | 'contains_removed'
  | 'member_removed'
  | 'member_added'
  | 'exclusion_added'
  | 'exclusion_removed'
  | 'code_changed'
  | 'undecidable'

/** The pairs: what it is called if values went, and if values came. */
export const reasonPairs = {
  type: ['type_removed', 'type_added'],
  value: ['value_removed', 'value_added'],
  required: ['required_added', 'required_removed'],
  property: ['property_removed', 'property_added'],
  unnamedProperty: ['property_constrained', 'property_freed'],
  otherProperties: ['other_properties_closed', 'other_properties_opened'],
  propertyNames: ['property_names_narrowed', 'property_names_widened'],
  dependency: ['dependency_added', 'dependency_removed'],
  bound: ['bound_tightened', 'bound_loosened'],
  multipleOf: ['multiple_of_added', 'multiple_of_removed'],
  pattern: ['pattern_added', 'pattern_removed'],
  format: ['format_added', 'format_removed'],
  uniqueItems: ['unique_items_added', 'unique_items_removed'],
  contains: ['contains_added', 'contains_removed'],
  member: ['member_removed', 'member_added'],
  exclusion: ['exclusion_added', 'exclusion_removed'],
  code: ['code_changed', 'code_changed'],
  undecidable: ['undecidable', 'undecidable'],
} as const satisfies Record<string, readonly [ChangeReason, ChangeReason]>

/** A kind of difference, before it is known which way round it is. */
export type Difference = keyof typeof reasonPairs
