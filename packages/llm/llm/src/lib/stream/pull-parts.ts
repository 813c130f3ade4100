import type { StreamPart } from '../stream-part.ts'
import type { PartSink, PartSource } from './part-source.ts'

/**
 * Shows each part to `see` until there are no more, or it gives `true`: it has seen enough, and the source stays open. What it
 * throws closes the source first, as leaving a loop does. One promise for all, where a loop has some for each part.
 */
export function pullParts(source: PartSource, see: (part: StreamPart) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let isPulling = false
    let goesOn = false

    const sink: PartSink = {
      part(part) {
        try {
          goesOn = !see(part)
        } catch (error) {
          return void leave(source, error).then(reject)
        }
        if (!goesOn) resolve()
        else if (!isPulling) pull()
      },
      end: resolve,
      fail: reject,
    }

    /** In a loop, for a source may answer before its pull returns. */
    function pull(): void {
      isPulling = true
      do {
        goesOn = false
        source.pull(sink)
      } while (goesOn)
      isPulling = false
    }
    pull()
  })
}

async function leave(source: PartSource, failure: unknown): Promise<unknown> {
  try {
    await source.close()
  } catch {
    // The failure that came first is the one that is told.
  }
  return failure
}
