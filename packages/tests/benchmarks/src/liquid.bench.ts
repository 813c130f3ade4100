import { createLiquid } from '@empire/template-liquid'
import { measure } from '@empire/test-support/measure'
import { Liquid } from 'liquidjs'
import type { Table } from './table.ts'

export const description = 'Liquid: a chat prompt of 20 messages; ours, bare liquidjs'

const source = `You are {{ assistant.name }}, a {{ assistant.trade | downcase }}.
{% for message in messages %}
{% if message.role == "user" %}User{% else %}Assistant{% endif %}: {{ message.content }}
{% endfor %}
{{ assistant.name }}:`

const assigns = {
  assistant: { name: 'Ada', trade: 'Mathematician' },
  messages: Array.from({ length: 20 }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: `Message ${index}: what does the analytical engine weave?`,
  })),
}

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const bare = new Liquid()
  const parsed = bare.parse(source)
  const limited = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    parseLimit: 1_000_000,
    renderLimit: 1000,
    memoryLimit: 10_000_000,
  })
  const parsedLimited = limited.parse(source)
  const liquid = createLiquid()
  const template = liquid.compile(source)
  const rows = await measure(
    {
      liquidjs: () => bare.renderSync(parsed, assigns),
      'liquidjs, strict and limited': () => limited.renderSync(parsedLimited, assigns),
      '@empire/template-liquid': () => template.render(assigns),
      '@empire/template-liquid, compiled each time': () => liquid.compile(source).render(assigns),
    },
    { samples: quick ? 3 : 61 },
  )
  return [
    {
      title: 'A chat prompt of 20 messages, µs per rendering',
      columns: ['', 'median', 'fastest', 'to liquidjs'],
      rows: rows.map(({ name, median, fastest, ratio }) => [name, median * 1000, fastest * 1000, ratio]),
      notes: ['All but the last render a template that was parsed once.'],
    },
  ]
}
