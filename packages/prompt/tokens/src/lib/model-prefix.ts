/**
 * The longest of `prefixes`, which are in small letters, that the name of a model begins with, or `undefined`.
 *
 * Whole words only: `gpt-4` is found in `gpt-4-turbo`, not in `gpt-4o`. Capitals do not count. What stands before the
 * name is passed over: a path (`openai/gpt-4o`, `models/gemini-2.5-pro`), vendors (`us.anthropic.claude-sonnet-4`) and
 * the mark of a fine-tuned model (`ft:`).
 */
export function findModelPrefix(model: string, prefixes: Iterable<string>): string | undefined {
  const name = model
    .slice(model.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/^ft:/, '')
    .replace(/^(?:[a-z-]+\.)+/, '')
  let longest: string | undefined
  for (const prefix of prefixes) {
    if (!name.startsWith(prefix) || prefix.length <= (longest?.length ?? 0)) continue
    if (isWordCharacter(prefix.at(-1)) && isWordCharacter(name[prefix.length])) continue
    longest = prefix
  }
  return longest
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}
