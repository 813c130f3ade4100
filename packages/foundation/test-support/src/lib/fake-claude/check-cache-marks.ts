import { objectOf } from '../fake-model/object-of.ts'

const most = 4

/** What the API says against a body with too many marks for its cache; undefined when it is in order. */
export function checkCacheMarks(body: Readonly<Record<string, unknown>>): string | undefined {
  const contents = listOf(body['messages']).map((message) => objectOf(message)['content'])
  const blocks = [body['tools'], body['system'], ...contents].flatMap(listOf)
  const found = [body, ...blocks].filter(isMarked).length
  return found > most ? `A maximum of ${most} blocks with cache_control may be provided. Found ${found}.` : undefined
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isMarked(block: unknown): boolean {
  const { cache_control: mark } = objectOf(block)
  return mark !== undefined && mark !== null
}
