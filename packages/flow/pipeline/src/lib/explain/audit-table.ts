import { escapeHtml } from './escape-html.ts'
import type { ExplainedEntry } from './explained-run.ts'
import { visibleText } from './visible-text.ts'

/** What went into each unit of work and what came out of it, by hash; nothing for a run of a journal, which has the values themselves. */
export function auditTable(entries: readonly ExplainedEntry[]): string {
  if (!entries.some(({ inputs }) => inputs !== undefined)) return ''
  const rows = entries.flatMap(({ type, key, attempt = 1, inputs, output }) => {
    const { input, item, needs = {} } = inputs ?? {}
    const hashes = [
      ...(input === undefined ? [] : [['input', input] as const]),
      ...Object.entries(needs),
      ...(item === undefined ? [] : [['item', item] as const]),
      ...(type === 'step-end' && output !== undefined ? [['output', output] as const] : []),
    ]
    const unit = attempt === 1 ? (key ?? '') : `${key ?? ''}, attempt ${attempt}`
    return hashes.map(([name, hash], index) => rowOf(index === 0 ? `${type} ${unit}` : '', name, hash))
  })
  return `<h2>Audit</h2>
<table class="audit">
<thead><tr><th scope="col">What happened</th><th scope="col">Of</th><th scope="col">Hash</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
`
}

function rowOf(what: string, name: string, hash: unknown): string {
  const { unhashed } = (typeof hash === 'object' && hash !== null ? hash : {}) as { readonly unhashed?: unknown }
  const text = typeof hash === 'string' ? `<code>${escapeHtml(hash)}</code>` : escapeHtml(`none: ${String(unhashed)}`)
  return `<tr><th scope="row">${escapeHtml(visibleText(what))}</th><td>${escapeHtml(visibleText(name))}</td><td>${text}</td></tr>`
}
