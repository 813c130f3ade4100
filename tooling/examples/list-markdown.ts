import { globSync } from 'node:fs'
import { slashed } from '../workspace.ts'

/** The Markdown files whose examples run: those of the root, and the README of each package. */
export function listMarkdown(root: string): string[] {
  return ['{README,CONTRIBUTING,UPGRADING,architecture}.md', 'packages/*/*/README.md']
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map(slashed)
    .toSorted()
}
