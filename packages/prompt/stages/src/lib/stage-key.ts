import { foldName } from '@empire/errors'

/** What names have in common that mean one section: case, spaces, `_`, `-` and the form of accents do not count. */
export function stageKey(name: string): string {
  const text = name.normalize('NFC').trim().replaceAll(/\s+/g, ' ')
  // Of signs alone nothing would be left.
  return foldName(text) || text
}
