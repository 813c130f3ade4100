import { headingTitle } from './heading-title.ts'

/** What a document is called that gives itself no title: the name of its file, without the extension. */
export function fileTitle(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return headingTitle(name.replace(/(?<=.)\.[^.]*$/, '')) || path
}
