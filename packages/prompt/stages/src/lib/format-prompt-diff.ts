import type { PromptDifference } from './diff-prompts.ts'

/**
 * Differences as text, a line for each: `+` for what is new, `-` for what is gone, `>` for what has moved, `~` for what has changed.
 *
 * Texts are quoted on one line, whole. Empty if there are none.
 */
export function formatPromptDiff(differences: readonly PromptDifference[]): string {
  return differences.map((difference) => formatDifference(difference)).join('\n')
}

function formatDifference(difference: PromptDifference): string {
  const where = formatPath(difference.path)
  switch (difference.type) {
    case 'stage-added':
      return `+ ${where}`
    case 'stage-removed':
      return `- ${where}`
    case 'stage-moved':
      return `> ${where}: moved from ${formatPath(difference.from)}`
    case 'item-added':
      return `+ ${where}, item ${difference.place + 1}: ${quote(difference.text)}`
    case 'item-removed':
      return `- ${where}, item ${difference.place + 1}: ${quote(difference.text)}`
    case 'item-reworded':
      return `~ ${where}, item ${difference.place + 1}: ${quote(difference.from)} → ${quote(difference.to)}`
    case 'order-changed':
      return `~ ${where}, order: ${difference.moved.map(({ item, from, to }) => `${quote(item)} ${from + 1} → ${to + 1}`).join(', ')}`
    case 'style-changed':
      return `~ ${where}, bullets: ${difference.from ?? 'default'} → ${difference.to ?? 'default'}`
    case 'text-changed':
      return `~ ${where}, ${difference.part}: ${quote(difference.from)} → ${quote(difference.to)}`
    default:
      return `~ ${where}, critical steps: ${formatSteps(difference.from)} → ${formatSteps(difference.to)}`
  }
}

function formatPath(path: readonly string[]): string {
  return path.length === 0 ? 'Prompt' : path.map((title) => title.replaceAll(/\s+/g, ' ')).join(' / ')
}

function quote(text: string | undefined): string {
  return text === undefined ? 'none' : JSON.stringify(text)
}

function formatSteps(steps: readonly { readonly title: string; readonly text: string }[]): string {
  return steps.length === 0 ? 'none' : steps.map(({ title, text }) => quote(`${title}: ${text}`)).join(', ')
}
