import { isDeepStrictEqual } from 'node:util'

/** How every package is built. */
export const buildConfig = {
  extends: '../../../tsconfig.base.json',
  compilerOptions: { rootDir: 'src', outDir: 'dist', declaration: true, declarationMap: true, sourceMap: true },
  include: ['src'],
  exclude: ['src/**/*.test.ts', 'src/**/*.test-d.ts'],
}

/** How a package is built that needs Node. */
export const buildConfigWithNode = {
  ...buildConfig,
  compilerOptions: { ...buildConfig.compilerOptions, types: ['node'] },
}

/** The faults of a tsconfig.build.json: all are alike, and only some have the types of Node. */
export function checkBuildConfig(text: string): string[] {
  const actual = parse(text)
  if (isDeepStrictEqual(actual, buildConfig) || isDeepStrictEqual(actual, buildConfigWithNode)) return []
  return [
    `tsconfig.build.json: should be ${JSON.stringify(buildConfig)}, with "types": ["node"] where Node is needed; is ${JSON.stringify(actual) ?? 'no JSON'}.`,
  ]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
