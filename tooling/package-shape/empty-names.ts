/** Names that say nothing about what they hold. */
export const emptyNames: ReadonlySet<string> = new Set([
  'util',
  'utils',
  'common',
  'helper',
  'helpers',
  'shared',
  'misc',
])
