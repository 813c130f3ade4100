import { rm, writeFile } from 'node:fs/promises'
import { runConformance, temporaryDirectory } from '@empire/test-support'
import { describe, it } from 'vitest'
import { fileSource } from './file-source.ts'
import { sourceCases } from './source-cases.ts'

runConformance(
  sourceCases({
    open() {
      const folder = temporaryDirectory()
      return {
        source: fileSource(['.'], { cwd: folder.path }),
        async put(name, content) {
          await writeFile(folder.join(name), content)
          return name
        },
        remove: (name) => rm(folder.join(name)),
        close: () => folder.remove(),
      }
    },
  }),
  { describe, it, title: 'fileSource' },
)
