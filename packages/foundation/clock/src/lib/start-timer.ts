/** A longer delay makes the timers of Node and of browsers fire at once. */
const longestTimer = 2 ** 31 - 1

/** Calls back after `ms` milliseconds, however many, unless the returned function is called first. */
export function startTimer(ms: number, call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  wait(Math.max(0, ms))
  return () => clearTimeout(timer)

  function wait(left: number): void {
    timer = left > longestTimer ? setTimeout(wait, longestTimer, left - longestTimer) : setTimeout(call, left)
  }
}
