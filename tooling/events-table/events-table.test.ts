import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFixtureWorkspace } from '../fixture-workspace.ts'
import { formatEvents, replaceEvents } from './format-events.ts'
import { type LoadedEvents, loadEvents } from './load-events.ts'

const telemetry = pathToFileURL(join(import.meta.dirname, '../../packages/foundation/telemetry/src/index.ts')).href

function declaring(packageName: string, event: string): string {
  return `import { defineEvents } from '${telemetry}'
    defineEvents('${packageName}', { '${event}': { description: 'It happened.', fields: { state: ['on', 'off'], bytes: 'sum' } } })`
}

/** Loads the events of one package with these sources, by their paths from `src`. */
function load(packageName: string, sources: Readonly<Record<string, string>>): Promise<LoadedEvents> {
  const folder = `packages/foundation/${packageName}`
  const workspace = createFixtureWorkspace({
    [`${folder}/package.json`]: { name: `@empire/${packageName}` },
    ...Object.fromEntries(Object.entries(sources).map(([path, text]) => [`${folder}/src/${path}`, text])),
  })
  onTestFinished(() => workspace.remove())
  return loadEvents(workspace.root)
}

describe('loadEvents', () => {
  it('finds what any source declares, and nothing in tests', async () => {
    const { events, faults } = await load('lamp', {
      'lib/lamp-events.ts': declaring('lamp', 'switched'),
      'lib/lamp-events.test.ts': declaring('lamp', 'tested'),
    })
    expect(events).toEqual([
      {
        name: 'empire:lamp:switched',
        package: 'lamp',
        description: 'It happened.',
        fields: { state: ['on', 'off'], bytes: 'sum' },
      },
    ])
    expect(faults).toEqual([])
  })

  it.each([
    ['another', declaring('door', 'opened'), 'door'],
    [
      'a package that only running tells',
      declaring('window', 'opened').replace("'window'", '`win${"dow"}`'),
      'no text',
    ],
  ])('refuses a declaration for %s', async (_, text, named) => {
    const { faults } = await load('window', { 'lib/events.ts': text })
    expect(faults).toEqual([
      `packages/foundation/window/src/lib/events.ts should call defineEvents('window', …), for its package; it names ${named}.`,
    ])
  })

  it('finds channels that are declared nowhere', async () => {
    const channel = `import { channel } from 'node:diagnostics_channel'\nexport const rings = channel('empire:bell:rang')`
    const { events, bareChannels } = await load('bell', { 'lib/a.ts': channel, 'lib/b.ts': `'empire:bell:topic'` })
    expect(events).toEqual([])
    expect(bareChannels).toEqual([{ name: 'empire:bell:rang', file: 'packages/foundation/bell/src/lib/a.ts' }])
  })
})

describe('formatEvents', () => {
  it('has a table for each package', () => {
    const page = formatEvents({
      events: [
        { name: 'empire:bell:rang', package: 'bell', description: 'It rang | sang.', fields: {} },
        {
          name: 'empire:lamp:switched',
          package: 'lamp',
          description: 'It was.',
          fields: { state: ['on', 'off'], bytes: 'sum' },
        },
      ],
      bareChannels: [{ name: 'empire:door:opened', file: 'packages/foundation/door/src/a.ts' }],
    })
    expect(page).toBe(`### @empire/bell

| channel            | what happened    | fields |
| ------------------ | ---------------- | ------ |
| \`empire:bell:rang\` | It rang \\| sang. | –      |

### @empire/lamp

| channel                | what happened | fields                             |
| ---------------------- | ------------- | ---------------------------------- |
| \`empire:lamp:switched\` | It was.       | \`state\`: \`on\`, \`off\`; \`bytes\`: sum |

### Bare channels

Not declared by \`defineEvents\`: without types, time and aggregation.

| channel              | source                              |
| -------------------- | ----------------------------------- |
| \`empire:door:opened\` | \`packages/foundation/door/src/a.ts\` |
`)
  })
})

describe('replaceEvents', () => {
  const [begin, end] = ['<!-- events: written by node tooling/events-table.ts -->\n', '<!-- end of events -->\n']

  it('changes what stands between the marks, and nothing when it stands there already', () => {
    const text = replaceEvents(`before\n${begin}old\n${end}after\n`, 'new\n')
    expect(text).toBe(`before\n${begin}\nnew\n\n${end}after\n`)
    expect(replaceEvents(text, 'new\n')).toBe(text)
  })

  it('refuses a text without the marks', () => {
    expect(() => replaceEvents(`${end}${begin}`, 'new\n')).toThrow(
      new Error(
        'The text should hold "<!-- events: written by node tooling/events-table.ts -->" and, after it, "<!-- end of events -->".',
      ),
    )
  })
})

describe('events-table.ts', () => {
  const script = join(import.meta.dirname, '../events-table.ts')

  it('explains itself, and refuses an option that it does not know', () => {
    const help = spawnSync(process.execPath, [script, '--help'], { encoding: 'utf8' })
    expect(help.stdout).toMatch(/^Usage: node tooling\/events-table.ts \[--check\]\n/)
    const wrong = spawnSync(process.execPath, [script, '--fix'], { encoding: 'utf8' })
    expect(wrong.stderr).toMatch(/^Unknown option '--fix'/)
    expect(wrong.status).toBe(2)
  })
})
