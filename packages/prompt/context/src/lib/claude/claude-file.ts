/** Where the Files API keeps its files. */
const folder = 'https://api.anthropic.com/v1/files/'

/** The address of a file of the Files API: what stands for it in a context. */
export function fileAddress(id: string): string {
  return `${folder}${id}`
}

/** The id of the file at an address; `undefined` for any other address. */
export function fileIdOf(url: string): string | undefined {
  const id = url.startsWith(folder) ? url.slice(folder.length) : ''
  return /^[\w-]+$/.test(id) ? id : undefined
}
