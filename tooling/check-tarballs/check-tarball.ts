import { readFile } from 'node:fs/promises'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { filterProblems, problemKindInfo } from '@arethetypeswrong/core/problems'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

export type TarballCheck = (tarball: string) => Promise<string[]>

/** What publint says in strict mode. */
export const checkWithPublint: TarballCheck = async (tarball) => {
  const { buffer } = new Uint8Array(await readFile(tarball))
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true })
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code)
}

/** What "are the types wrong" says of importing the package as an ES module; there is nothing to require. */
export const checkWithAttw: TarballCheck = async (tarball) => {
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(tarball))))
  if (!analysis.types) return ['The package has no types.']
  return ['node16-esm', 'bundler'].flatMap((resolutionKind) =>
    filterProblems(analysis, { resolutionKind: resolutionKind as 'node16-esm' | 'bundler' }).map((problem) => {
      const entrypoint = 'entrypoint' in problem ? ` at "${problem.entrypoint}"` : ''
      return `${problemKindInfo[problem.kind].title}${entrypoint} (${resolutionKind}): ${problemKindInfo[problem.kind].description}`
    }),
  )
}
