/** A duration for people: `<1 ms`, `320 ms`, `1.25 s`, `2 min 5 s`, `3 h 4 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 0.5) return '<1 ms'
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 59_995) return `${Number((milliseconds / 1000).toPrecision(3))} s`
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  const minutes = Math.round(milliseconds / 60_000)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
