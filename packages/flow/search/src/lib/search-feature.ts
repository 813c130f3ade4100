/** A part of the query algebra that not every backend has. Refusals call it by this name. */
export type SearchFeature = (typeof searchFeatures)[number]

/** All of them. An adapter lists what it can; what it leaves out is refused with `unsupported`, before anything runs. */
export const searchFeatures = [
  'match.any',
  'match.all',
  'match.phrase',
  'match.slop',
  'match.prefix',
  'match.fuzzy',
  'match.fields',
  'nearest.cosine',
  'nearest.dot',
  'hybrid',
  'filter.text',
  'filter.keyword-range',
  'facets.values',
  'facets.ranges',
  'highlight',
  'sort',
  'cursor',
  'explain',
  'explain.visited',
] as const
