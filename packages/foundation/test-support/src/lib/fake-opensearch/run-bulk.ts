import type { FakeIndex } from './fake-index.ts'
import { illegalArgument, OpenSearchFailure } from './opensearch-failure.ts'
import { readEntry, readObject, readText } from './read-object.ts'

/** One operation of a bulk, for faults. */
export interface BulkOperation {
  readonly action: 'delete' | 'index'
  readonly id: string
}

/** Why an operation is refused. */
export interface BulkRefusal {
  readonly status: number
  readonly type: string
  readonly reason: string
}

/** Why an operation is refused, if it is. */
export type Refuse = (operation: BulkOperation) => BulkRefusal | undefined

/** Runs the lines of a bulk one by one; a fault of one is no fault of the others. */
export function runBulk(
  name: string,
  target: readonly [name: string, index: FakeIndex] | undefined,
  body: string,
  refuse: Refuse,
): object {
  if (!body.endsWith('\n')) throw illegalArgument('The bulk request must be terminated by a newline [\\n]')
  const lines = body.split('\n').slice(0, -1)
  const items: object[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const [action, meta] = readEntry('bulk', parseLine(lines[at]))
    if (action !== 'index' && action !== 'delete') throw illegalArgument(`Malformed action/metadata line [${at + 1}]`)
    const id = readText('_id', readObject(action, meta, ['_id'])['_id'])
    const source = action === 'index' ? parseLine(lines[(at += 1)]) : undefined
    const outcome = target === undefined ? noAlias(name) : runOperation(target[1], { action, id }, source, refuse)
    items.push({ [action]: { _index: target?.[0] ?? name, _id: id, ...outcome } })
  }
  const errors = items.some((item) => JSON.stringify(item).includes('"error":'))
  return { took: 1, errors, items }
}

function noAlias(name: string): object {
  const reason = `no such index [${name}] and [require_alias] request flag is [true] and [${name}] is not an alias`
  return { status: 404, error: { type: 'index_not_found_exception', reason } }
}

function runOperation(index: FakeIndex, operation: BulkOperation, source: unknown, refuse: Refuse): object {
  const { action, id } = operation
  const refusal = refuse(operation)
  if (refusal !== undefined) return { status: refusal.status, error: { type: refusal.type, reason: refusal.reason } }
  try {
    if (Buffer.byteLength(id) > 512) throw illegalArgument(`id [${id}] is too long, must be no longer than 512 bytes`)
    if (action === 'delete')
      return index.remove(id) ? { status: 200, result: 'deleted' } : { status: 404, result: 'not_found' }
    return index.put(id, source) ? { status: 200, result: 'updated' } : { status: 201, result: 'created' }
  } catch (failure) {
    if (!(failure instanceof OpenSearchFailure)) throw failure
    return { status: failure.status, error: failure.toError() }
  }
}

function parseLine(line = ''): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw illegalArgument(`Malformed content, found [${line.slice(0, 40)}]`)
  }
}
