import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { checkSteps } from './check-steps.ts'
import { hashText, type ContentHash } from './content-hash.ts'
import { groupWrites } from './group-writes.ts'
import { RecordDamagedError } from './record-damaged-error.ts'
import { expectType } from './expect-option.ts'
import { formatLine } from './record-line.ts'
import type { PreparedStep, RecordStore } from './record-store.ts'
import { recordEvents } from './record-events.ts'
import { readRecordFile } from './read-record-file.ts'
import { RecordWriteError } from './record-write-error.ts'

/** A last line that was cut off while it was written, and is removed. */
export interface TornLine {
  readonly path: string
  /** Where it began. */
  readonly offset: number
  /** How long it was. */
  readonly bytes: number
}

/** Which file, and how safely it is written. */
export interface JsonlStoreOptions {
  /** The file. It and its folders are made when the first step is stored; only its owner may read it. */
  readonly path: string
  /** Whether a step also survives the loss of power, at the cost of one `fdatasync` per write. Default: `false`. */
  readonly durable?: boolean | undefined
  /** Hears of a last line that is cut off before the first step is appended. Default: a process warning. */
  readonly onTornLine?: ((torn: TornLine) => void) | undefined
}

interface OpenFile {
  readonly file: FileHandle
  readonly known: Set<string>
  previous: ContentHash | null
  size: number
}

const largestWrite = 2 ** 20

/** A store in a file of JSON lines, one for each step. Only one process at a time may append to it. */
export function createJsonlStore(options: JsonlStoreOptions): RecordStore {
  expectKnownKeys('"options"', options, ['path', 'durable', 'onTornLine'])
  const { path, durable = false, onTornLine = warn } = options
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`"path" must be a string that is not empty, got ${describeValue(path)}.`)
  }
  expectType('durable', durable, 'boolean')
  expectType('onTornLine', onTornLine, 'function')
  let state: OpenFile | undefined

  const writes = groupWrites<PreparedStep>('jsonl', async (steps) => {
    try {
      state ??= await openFile(path, onTornLine)
      await expectSize(state)
      await writeAll(steps, state)
      // Whoever wrote at the same time has written to a chain that this has gone on with.
      await expectSize(state)
      if (durable) await state.file.datasync()
    } catch (error) {
      throw error instanceof RecordDamagedError ? error : new RecordWriteError(path, error)
    }
  })

  return Object.freeze<RecordStore>({
    append: writes.add,
    async *read() {
      await writes.idle()
      // What is written from now on may be there in part.
      yield* readRecordFile(path, state?.size)
    },
    async close() {
      await writes.idle()
      await state?.file.close()
      state = undefined
    },
  })
}

function seal({ textAfter, contents }: PreparedStep, state: OpenFile): string {
  const text = textAfter(state.previous)
  state.previous = hashText(text)
  const added = contents.filter(({ hash }) => !state.known.has(hash))
  for (const { hash } of added) state.known.add(hash)
  return `${formatLine(text, state.previous, added)}\n`
}

/** All of them or none: what a failed write leaves, as that of a full disk, is cut off again. */
async function writeAll(steps: readonly PreparedStep[], state: OpenFile): Promise<void> {
  const { file, size: begin } = state
  let text = ''
  try {
    for (const step of steps) {
      text += seal(step, state)
      if (text.length < largestWrite) continue
      await write(text, state)
      text = ''
    }
    await write(text, state)
  } catch (error) {
    const written = (await file.stat()).size - begin
    const own = state.size - begin + Buffer.byteLength(text)
    if (written > 0 && written <= own) await file.truncate(begin)
    throw error
  }
}

async function write(text: string, state: OpenFile): Promise<void> {
  if (text === '') return
  const bytes = Buffer.from(text)
  await state.file.appendFile(bytes)
  state.size += bytes.length
}

async function expectSize({ file, size }: OpenFile): Promise<void> {
  const actual = (await file.stat()).size
  if (actual !== size) throw new Error(`another process wrote to it (it has ${actual} bytes, ${size} were expected)`)
}

async function openFile(path: string, onTornLine: (torn: TornLine) => void): Promise<OpenFile> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a+', 0o600)
  try {
    const known = new Set<string>()
    let previous: ContentHash | null = null
    // What another process writes from here on is not read, and shows in the size.
    const stats = await file.stat()
    let { size } = stats
    for await (const { stored, problems } of checkSteps(readRecordFile(path, stats.isFile() ? size : undefined))) {
      const [problem] = problems
      if ('torn' in stored && stored.torn !== undefined) {
        size = stored.torn.offset
        await file.truncate(size)
        recordEvents['torn-line'].publish({ path, bytes: stored.torn.bytes })
        onTornLine({ path, ...stored.torn })
        continue
      }
      if (problem !== undefined || 'damage' in stored) {
        throw new RecordDamagedError(stored.place, problem?.message ?? 'there is no step')
      }
      for (const { hash } of stored.contents) known.add(hash)
      previous = hashText(stored.text)
    }
    return { file, known, previous, size: size + (await endLastLine(file, size)) }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Gives how many bytes that took. */
async function endLastLine(file: FileHandle, size: number): Promise<number> {
  if (size === 0) return 0
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  if (buffer.toString() === '\n') return 0
  await file.appendFile('\n')
  return 1
}

function warn({ path, offset, bytes }: TornLine): void {
  process.emitWarning(
    `The last line of the record ${JSON.stringify(path)} was cut off while it was written, and is removed: ${bytes} bytes from ${offset}.`,
  )
}
