import { isEmpty, type RenderForm } from './render-options.ts'

/** The role that a text begins with, and the first line behind it that is not blank. */
export function readRole(lines: readonly string[], form: RenderForm): { role: string | undefined; next: number } {
  const [before, after] = form.role
  const first = lines[0] ?? ''
  const begins = first.startsWith(before) && first.slice(before.length).trimStart() === first.slice(before.length)
  if (isEmpty(form.role) || !begins) return { role: undefined, next: 0 }
  for (let end = 0; end < lines.length; end++) {
    const line = lines[end] ?? ''
    const last = (end === 0 ? line.slice(before.length) : line).slice(0, -after.length || undefined)
    const isEnd = line.endsWith(after) && line.length >= (end === 0 ? before.length : 0) + after.length
    if (!isEnd || last !== last.trimEnd() || last === '') continue
    let next = end + 1
    while (next < lines.length && lines[next] === '') next++
    if (next < lines.length && (next !== end + 1 + form.blankLines || /^\s/.test(lines[next] ?? ''))) continue
    const whole = lines.slice(0, end + 1).join('\n')
    return { role: whole.slice(before.length, whole.length - after.length), next }
  }
  return { role: undefined, next: 0 }
}
