/** How much may still come, in bytes, and in what time, in milliseconds. */
const most = { bytes: 8192, time: 1000 }

/**
 * Reads what comes behind the last event, which is mostly only the end of the body: then the connection serves the next
 * call. What is longer or takes longer is cut off.
 */
export async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => void cancel(reader), most.time)
  timer.unref()
  try {
    for (let bytes = 0; bytes < most.bytes;) {
      const { done, value } = await reader.read()
      if (done) return
      bytes += value.length
    }
    await cancel(reader)
  } catch {
    // A connection that breaks behind the answer takes nothing from it.
  } finally {
    clearTimeout(timer)
  }
}

/** Closes the connection. That it is broken already is no news. */
export async function cancel(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  await reader.cancel().catch(() => {})
}
