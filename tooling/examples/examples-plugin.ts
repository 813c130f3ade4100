import { basename, join } from 'node:path'
import { type Plugin, transformWithOxc } from 'vite'
import { readDoors, slashed } from '../workspace.ts'
import { exampleTests } from './example-tests.ts'

/** Lets vitest run the code blocks of Markdown files. In them every package of the workspace can be imported. */
export function examplesPlugin(root: string): Plugin {
  const doors = readDoors(root)
  return {
    name: 'empire-examples',
    enforce: 'pre',
    resolveId(source, importer) {
      const door = importer?.split('?')[0]?.endsWith('.md') === true ? doors.get(source) : undefined
      return door === undefined ? undefined : slashed(join(root, door))
    },
    transform(markdown, id) {
      const [path = ''] = id.split('?')
      return path.endsWith('.md')
        ? transformWithOxc(exampleTests(markdown, basename(path)), path, { lang: 'ts' })
        : undefined
    },
  }
}
