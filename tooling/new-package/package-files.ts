import { buildConfig, buildConfigWithNode } from '../package-shape/check-build-config.ts'
import { publishedFields } from '../package-shape/check-manifest-shape.ts'
import { scope } from '../layers.ts'
import type { PackageRequest } from './package-request.ts'

/** The files of a new package by their path from the root: one factory, documented, tested and shown in the README. */
export function makePackageFiles({ floor, name, sentence }: PackageRequest): Record<string, string> {
  const folder = `packages/${floor}/${name}`
  const type = asTypeName(name)
  const files: Record<string, string> = {
    [`${folder}/package.json`]: asJson(makeManifest(name, sentence, floor === 'apps')),
    [`${folder}/tsconfig.build.json`]: asJson(floor === 'apps' ? buildConfigWithNode : buildConfig),
    [`${folder}/README.md`]: makeReadme(name, type, sentence),
    [`${folder}/src/index.ts`]: `export { create${type}, type ${type}, type ${type}Options } from './lib/${name}.ts'\n`,
    [`${folder}/src/lib/${name}.ts`]: makeCode(name, type),
    [`${folder}/src/lib/${name}.test.ts`]: makeTest(name, type),
    [`.changeset/${name}.md`]: `---\n'${scope}${name}': minor\n---\n\n${sentence}\n`,
  }
  if (floor === 'apps') files[`${folder}/src/main.ts`] = makeCommand(name, type, sentence)
  return files
}

function asTypeName(name: string): string {
  return name
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
}

function asJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function makeManifest(name: string, description: string, isApp: boolean): object {
  const { license, files, type, sideEffects, scripts, engines } = publishedFields
  const ownManifest = { './package.json': './package.json' }
  return {
    name: `${scope}${name}`,
    version: '0.0.0',
    description,
    license,
    ...(isApp && { bin: { [name]: './src/main.ts' } }),
    files,
    type,
    sideEffects,
    exports: { '.': './src/index.ts', ...ownManifest },
    publishConfig: {
      access: 'public',
      ...(isApp && { bin: { [name]: './dist/main.js' } }),
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, ...ownManifest },
      provenance: true,
    },
    scripts,
    engines,
  }
}

function makeReadme(name: string, type: string, sentence: string): string {
  return `# ${scope}${name}

${sentence}

## Features

- A name to tell one from another
- Frozen, and without dependencies

## Installation

\`\`\`sh
npm install ${scope}${name}
\`\`\`

## Usage

\`\`\`ts
import { create${type} } from '${scope}${name}'

const made = create${type}()
console.log(made.name) // ${name}
\`\`\`

## Names

\`\`\`ts
import { create${type} } from '${scope}${name}'

console.log(create${type}({ name: 'second' }).name) // second
\`\`\`

## Guarantees

- What is made never changes.

## Related

- [\`${scope}errors\`](../../foundation/errors): the error class of all packages
`
}

function makeCode(name: string, type: string): string {
  return `export interface ${type}Options {
  /** Tells one from another, in logs and errors. Default: \`'${name}'\`. */
  name?: string | undefined
}

/** What \`create${type}\` makes. */
export interface ${type} {
  /** The name that it was given. */
  readonly name: string
}

/** Makes a frozen \`${type}\`. */
export function create${type}(options: ${type}Options = {}): ${type} {
  const { name = '${name}' } = options
  return Object.freeze({ name })
}
`
}

function makeTest(name: string, type: string): string {
  return `import { describe, expect, it } from 'vitest'
import { create${type} } from './${name}.ts'

describe('create${type}', () => {
  it('is named after the package', () => {
    expect(create${type}().name).toBe('${name}')
  })

  it('takes another name', () => {
    expect(create${type}({ name: 'second' }).name).toBe('second')
  })

  it('makes what never changes', () => {
    expect(Object.isFrozen(create${type}())).toBe(true)
  })
})
`
}

function makeCommand(name: string, type: string, sentence: string): string {
  return `#!/usr/bin/env node
import { create${type} } from './lib/${name}.ts'

const description = ${JSON.stringify(sentence)}

console.log(\`Usage: \${create${type}().name} [--help]\\n\\n\${description}\`)
`
}
