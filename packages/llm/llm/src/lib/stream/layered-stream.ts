import type { StreamPart } from '../stream-part.ts'
import { iteratorSource, type PartSink, type PartSource } from './part-source.ts'

/** What one layer adds to the stream below it. */
export interface StreamLayer {
  /** Before the source is opened, at the first pull. What it throws is thrown as it is, and is the end. */
  begin?(): void | Promise<void>
  /** Opens the source. */
  source(): PartSource | AsyncIterable<StreamPart>
  /** Sees each part before it is delivered. What it throws is taken for a failure, and the source is closed. */
  see?(part: StreamPart): void | Promise<void>
  /** When the source has ended. What it throws is taken for a failure. */
  ended?(): void
  /** When the source, or this layer, has failed. Gives the last part to deliver, or nothing for the error itself. */
  failed?(error: unknown): StreamPart | void | Promise<void>
  /** Once after `begin`, whichever way the stream has ended or was left. */
  closed?(): void | Promise<void>
}

/** The stream of a layer, consumed once. */
export function layerStream(layer: StreamLayer): AsyncIterableIterator<StreamPart, void, undefined> {
  return new LayeredStream(layer)
}

/** Parts by callbacks: of a layer without a promise for each, of anything else by its iterator. */
export function sourceOf(parts: PartSource | AsyncIterable<StreamPart>): PartSource {
  return Symbol.asyncIterator in parts && !(parts instanceof LayeredStream) ? iteratorSource(parts) : parts
}

/**
 * As an async generator, whose place it takes: it opens its source at the first pull, answers calls in their order however
 * many are made at once, closes its source when it is left early, and is at its end after an error.
 */
class LayeredStream implements AsyncIterableIterator<StreamPart, void, undefined>, PartSource, PartSink {
  readonly #layer: StreamLayer
  #source: PartSource | undefined
  #ended = false
  /** Who waits for the pull that is under way. */
  #sink: PartSink | undefined
  /** Calls that were made meanwhile. */
  #calls: (() => void)[] | undefined
  #isGoingOn = false

  constructor(layer: StreamLayer) {
    this.#layer = layer
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<StreamPart, void>> {
    return new Promise((resolve, reject) =>
      this.pull({
        part: (value) => resolve({ done: false, value }),
        end: () => resolve({ done: true, value: undefined }),
        fail: reject,
      }),
    )
  }

  async return(): Promise<IteratorResult<StreamPart, void>> {
    await this.close()
    return { done: true, value: undefined }
  }

  pull(sink: PartSink): void {
    if (this.#sink !== undefined) (this.#calls ??= []).push(() => this.pull(sink))
    else if (this.#ended) sink.end()
    else {
      this.#sink = sink
      if (this.#source === undefined) this.#begin()
      else this.#source.pull(this)
    }
  }

  close(): void | Promise<unknown> {
    if (this.#sink !== undefined) {
      return new Promise((resolve) => (this.#calls ??= []).push(() => resolve(this.close())))
    }
    const source = this.#leave()
    return source === undefined ? undefined : this.#closeAll(source)
  }

  async #closeAll(source: PartSource): Promise<void> {
    try {
      await source.close()
    } finally {
      await this.#layer.closed?.()
    }
  }

  /** What there is to close. */
  #leave(): PartSource | undefined {
    const source = this.#source
    this.#ended = true
    this.#source = undefined
    return source
  }

  #begin(): void {
    try {
      const begun = this.#layer.begin?.()
      if (begun === undefined) this.#open()
      else
        begun.then(
          () => this.#open(),
          (error: unknown) => this.#refuse(error),
        )
    } catch (error) {
      this.#refuse(error)
    }
  }

  #open(): void {
    try {
      this.#source = sourceOf(this.#layer.source())
    } catch (error) {
      return void this.#fail(error)
    }
    this.#source.pull(this)
  }

  /** A part of its source. */
  part(part: StreamPart): void {
    let seen: void | Promise<void>
    try {
      seen = this.#layer.see?.(part)
    } catch (error) {
      return void this.#breakOff(error)
    }
    if (seen === undefined) this.#deliver(part)
    else
      seen.then(
        () => this.#deliver(part),
        (error: unknown) => this.#breakOff(error),
      )
  }

  #deliver(part: StreamPart): void {
    this.#take().part(part)
    if (this.#calls !== undefined) this.#goOn()
  }

  /** The end of its source. */
  end(): void {
    try {
      this.#layer.ended?.()
    } catch (error) {
      return void this.#fail(error)
    }
    this.#leave()
    try {
      const closing = this.#layer.closed?.()
      if (closing === undefined) this.#settle()
      else
        closing.then(
          () => this.#settle(),
          (error: unknown) => this.#refuse(error),
        )
    } catch (error) {
      this.#refuse(error)
    }
  }

  async #breakOff(error: unknown): Promise<void> {
    try {
      await this.#leave()?.close()
    } catch {
      // The failure that came first is the one that is told.
    }
    await this.#fail(error)
  }

  /** The failure of its source. */
  fail(error: unknown): void {
    void this.#fail(error)
  }

  async #fail(error: unknown): Promise<void> {
    this.#leave()
    try {
      let last: StreamPart | void
      try {
        last = await this.#layer.failed?.(error)
      } finally {
        await this.#layer.closed?.()
      }
      if (last === undefined) this.#refuse(error)
      else this.#deliver(last)
    } catch (other) {
      this.#refuse(other)
    }
  }

  #refuse(error: unknown): void {
    this.#leave()
    this.#take().fail(error)
    this.#goOn()
  }

  #settle(): void {
    this.#take().end()
    this.#goOn()
  }

  #take(): PartSink {
    const sink = this.#sink as PartSink
    this.#sink = undefined
    return sink
  }

  /** Answers the calls that wait, in a loop: a source may answer each before its pull returns. */
  #goOn(): void {
    const calls = this.#calls
    if (calls === undefined || this.#isGoingOn) return
    this.#isGoingOn = true
    while (this.#sink === undefined) {
      const call = calls.shift()
      if (call === undefined) break
      call()
    }
    this.#isGoingOn = false
  }
}
