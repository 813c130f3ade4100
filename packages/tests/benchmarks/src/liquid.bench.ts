import { createEta } from '@empire/template-eta'
import { createLiquid } from '@empire/template-liquid'
import { measure } from '@empire/test-support/measure'
import { Eta } from 'eta/core'
import { Liquid } from 'liquidjs'
import type { Table } from './table.ts'

export const description = 'Templates: a chat prompt of 20 messages; ours, bare liquidjs, bare eta'

const source = `You are {{ assistant.name }}, a {{ assistant.trade | downcase }}.
{% for message in messages %}
{% if message.role == "user" %}User{% else %}Assistant{% endif %}: {{ message.content }}
{% endfor %}
{{ assistant.name }}:`

const etaSource = `You are <%= it.assistant.name %>, a <%= it.assistant.trade.toLowerCase() %>.
<% for (const message of it.messages) { %>
<% if (message.role === 'user') { %>User<% } else { %>Assistant<% } %>: <%= message.content %>

<% } %>
<%= it.assistant.name %>:`

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
  const bareEta = new Eta({ autoEscape: false, autoTrim: false })
  const compiledEta = bareEta.compile(etaSource)
  const eta = createEta({ trusted: true }).compile(etaSource)
  const rows = await measure(
    {
      liquidjs: () => bare.renderSync(parsed, assigns),
      'liquidjs, strict and limited': () => limited.renderSync(parsedLimited, assigns),
      '@empire/template-liquid': () => template.render(assigns),
      '@empire/template-liquid, compiled each time': () => liquid.compile(source).render(assigns),
      eta: () => bareEta.render(compiledEta, assigns),
      '@empire/template-eta': () => eta.render(assigns),
    },
    { samples: quick ? 3 : 61 },
  )
  return [
    {
      title: 'A chat prompt of 20 messages, µs per rendering',
      columns: ['', 'median', 'fastest', 'to liquidjs'],
      rows: rows.map(({ name, median, fastest, ratio }) => [name, median * 1000, fastest * 1000, ratio]),
      notes: ['All but the fourth render a template that was parsed once.'],
    },
  ]
}
