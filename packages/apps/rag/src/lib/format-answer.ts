import { printable } from '@empire/ingest'
import type { Answer, Passage } from './answer.ts'
import { formatPlaces } from './format-places.ts'
import { formatCount } from './format-count.ts'

/** An answer for people, with a newline at the end. Control characters of the documents do not reach the terminal. */
export function formatAnswer(answer: Answer): string {
  return `${formatText(answer.answer)}\n\n${formatDetails(answer)}`
}

/** A piece of the answer itself, cut anywhere, without what a terminal would act on. */
export function formatText(text: string): string {
  return text.replace(controls, '\u{fffd}')
}

/** What stands below the answer. */
export function formatDetails(answer: Answer): string {
  const { passages, context, steps, documents } = answer
  const places = formatPlaces(answer)
  const sections = [
    places.length === 0 ? [] : ['Citations', ...places],
    passages.length === 0 ? [] : ['Passages', ...passages.map(formatPassage)],
    [
      ...formatModel(answer),
      `Context    ${formatCount(context.tokens)} of ${formatCount(context.budget)} tokens (${context.counter})`,
      `Steps      ${steps.map((step) => `${step.name} ${formatDuration(step.duration)}`).join(', ')}`,
      `Documents  ${formatCounts(documents)}`,
    ],
  ]
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${formatText(text.join('\n\n'))}\n`
}

/** The tokens and their price; nothing for a model that asks nobody. */
function formatModel({ model, usage, cost }: Answer): string[] {
  const { input, cacheRead, cacheWrite, output, reasoning } = usage
  const read = input + cacheRead + cacheWrite
  if (read + output + reasoning === 0 && cost === 0) return []
  const cached = cacheRead === 0 ? '' : ` (${formatCount(cacheRead)} cached)`
  const thought = reasoning === 0 ? '' : ` (${formatCount(reasoning)} reasoning)`
  const price = cost === null ? 'cost unknown' : `$${(cost / 1e9).toFixed(6)}`
  const tokens = `${formatCount(read)} tokens in${cached}, ${formatCount(output + reasoning)} out${thought}`
  return [`Model      ${printable(model)}: ${tokens}, ${price}`]
}

// What a terminal would act on, but for the newline and the tab; and what would show text in another order.
// oxlint-disable-next-line no-control-regex -- they are what this is about
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

function formatPassage({ number, path, lines, pages, headings, score }: Passage): string {
  const place = pages === undefined ? `${path}:${lines.start}-${lines.end}` : `${path}, ${formatPages(pages)}`
  return `  [${number}] ${score.toFixed(2).padStart(6)}  ${[place, ...headings].map(printable).join(' › ')}`
}

function formatPages({ start, end }: NonNullable<Passage['pages']>): string {
  return start === end ? `page ${start}` : `pages ${start}-${end}`
}

function formatCounts({ found, indexed, skipped, failed, chunks }: Answer['documents']): string {
  return `${formatCount(found)} found: ${formatCount(indexed)} indexed, ${formatCount(skipped)} skipped, ${formatCount(failed)} failed; ${formatCount(chunks)} chunks`
}

function formatDuration(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`
}
