import { type Content, createPrompt, diffPrompts, parsePrompt, type Prompt } from '@empire/stages'
import { DefaultStages } from '@empire/stages/default'
import { measure } from '@empire/test-support/measure'
import {
  OutputMode,
  PromptElement,
  type BasePromptElementProps,
  renderPrompt,
  SystemMessage,
  TextChunk,
} from '@vscode/prompt-tsx'
import type { Table } from './table.ts'

export const description =
  'Prompt documents: assembly, rendering, parsing and diffs; rendering beside vscode-prompt-tsx'

const line = 'Read the whole change before you judge, and say what you have not read.'

/** Items of two lines each, in stages and sections of 100. */
function build(items: number): Prompt<typeof DefaultStages> {
  let prompt = createPrompt(DefaultStages)
  for (let index = 0; index < items; index++) {
    const content: Content = index % 10 === 0 ? { title: `Check ${index}`, items: [line] } : `${line}\n${line}`
    prompt = prompt.add(['Planning', `Part ${Math.floor(index / 100)}`], content)
  }
  return prompt
}

interface LinesProps extends BasePromptElementProps {
  lines: readonly string[]
}

/** The same text, line by line: the peer indents nothing itself. */
class Lines extends PromptElement<LinesProps> {
  // oxlint-disable-next-line typescript/no-explicit-any -- the type of the peer is that of editors
  override render(): any {
    const chunks = this.props.lines.map((text) => vscpp(TextChunk as never, {} as never, text, '\n'))
    return vscpp(SystemMessage as never, {} as never, ...chunks)
  }
}

async function renderLines(lines: readonly string[]): Promise<unknown> {
  const tokenizer = { mode: OutputMode.Raw, tokenLength: () => 1, countMessageTokens: () => 1 }
  const endpoint = { modelMaxPromptTokens: 1e9 }
  return renderPrompt(Lines, { lines }, endpoint, tokenizer as never, undefined, undefined, OutputMode.Raw as never)
}

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const samples = quick ? 3 : 15
  const small = build(1000)
  const text = small.render()
  const lines = text.split('\n')
  const peers = await measure(
    {
      '@empire/stages': () => small.render(),
      '@vscode/prompt-tsx, lines that are indented already': () => renderLines(lines),
    },
    { samples },
  )
  const rows = []
  for (const items of [1000, 2000, 4000]) {
    const prompt = build(items)
    const rendered = prompt.render()
    const other = prompt.add('Output', 'more')
    const [assembly, rendering, parsing, diff] = await measure(
      {
        assembly: () => build(items).data,
        rendering: () => prompt.render(),
        parsing: () => parsePrompt(rendered, { stages: DefaultStages }).prompt.data,
        diff: () => diffPrompts(promptCopy(prompt), other),
      },
      { samples },
    )
    rows.push([items, assembly?.median ?? 0, rendering?.median ?? 0, parsing?.median ?? 0, diff?.median ?? 0])
  }
  return [
    {
      title: 'Rendering 1,000 items of two lines, ms',
      columns: ['', 'median', 'fastest', 'to ours'],
      rows: peers.map(({ name, median, fastest, ratio }) => [name, median, fastest, ratio]),
      notes: [
        'The peer prunes by tokens and joins; it has no bullets, indents or hanging lines. POML is not on the registry of npm.',
      ],
    },
    {
      title: 'Growth, ms',
      columns: ['items', 'assembly', 'rendering', 'parsing', 'diff'],
      rows,
      notes: ['Assembly is one addition for each item.'],
    },
  ]
}

/** Sections that both documents share are not compared. */
function promptCopy(prompt: Prompt<typeof DefaultStages>): { readonly data: Prompt['data'] } {
  return { data: structuredClone(prompt.data) }
}
