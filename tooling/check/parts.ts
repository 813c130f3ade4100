import { toolScript } from '../run-command.ts'
import type { CheckPart } from './run-parts.ts'

/** What a reviewer would run. The slow ones come first, so that the quick ones fill the gaps. */
export function checkParts(root: string): CheckPart[] {
  return [
    {
      name: 'pack',
      description: 'every published package is built and packed',
      command: ['tooling/pack.ts'],
    },
    {
      name: 'types',
      description: 'sources, tests, type tests and tooling',
      command: [toolScript(root, 'typescript', 'tsc'), '--noEmit', '--pretty'],
    },
    {
      name: 'examples',
      description: 'the types of the code blocks in the READMEs',
      command: ['tooling/check-examples.ts'],
    },
    {
      name: 'knip',
      description: 'no unused file, export or dependency',
      command: [toolScript(root, 'knip'), '--no-progress', '--no-config-hints'],
    },
    {
      name: 'deps',
      description: 'who may import whom',
      command: ['tooling/check-deps.ts'],
    },
    {
      name: 'events',
      description: 'the table of events is what the packages declare',
      command: ['tooling/events-table.ts', '--check'],
    },
    {
      name: 'shape',
      description: 'every package has its parts in their places',
      command: ['tooling/package-shape.ts'],
    },
    {
      name: 'lint',
      description: 'oxlint, warnings denied',
      command: [toolScript(root, 'oxlint'), '--deny-warnings'],
    },
    {
      name: 'format',
      description: 'oxfmt',
      command: [toolScript(root, 'oxfmt'), '--check', '.'],
    },
    {
      name: 'api',
      description: 'no export is removed without a major changeset',
      command: ['tooling/api-snapshot.ts'],
    },
    {
      name: 'places',
      description: 'no machine path or registry host in a tracked file',
      command: ['tooling/check-places.ts'],
    },
    {
      name: 'publint',
      description: 'the packed manifests',
      command: ['tooling/check-tarballs.ts', 'publint'],
      needs: 'pack',
    },
    {
      name: 'attw',
      description: 'the packed types resolve wherever ES modules do',
      command: ['tooling/check-tarballs.ts', 'attw'],
      needs: 'pack',
    },
  ]
}
