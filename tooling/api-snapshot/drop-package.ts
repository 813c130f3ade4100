import { bumpLine } from './read-changesets.ts'

/** Takes a package out of the front matter of a changeset. */
export function dropPackage(changeset: string, packageName: string): string {
  let fences = 0
  return changeset
    .split('\n')
    .filter((line) => {
      if (line.trimEnd() === '---') fences += 1
      return fences !== 1 || bumpLine.exec(line)?.[2] !== packageName
    })
    .join('\n')
}
