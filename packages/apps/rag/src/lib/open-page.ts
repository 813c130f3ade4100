import { spawn } from 'node:child_process'

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** Shows a page in the browser of the desktop, and tells whether there is one. */
export async function openPage(path: string): Promise<boolean> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  const own = openers[process.platform]
  if (own === undefined && !DISPLAY && !WAYLAND_DISPLAY) return false
  const [program, ...words] = own ?? ['xdg-open']
  return new Promise((resolve) => {
    const child = spawn(program, [...words, path], { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
