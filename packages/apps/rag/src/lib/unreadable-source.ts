import { type IngestError, printable, type Problem } from '@empire/ingest'
import { schemeOf } from './source-address.ts'

/** The problem of a source whose listing broke, and what may help. Its message begins with the path, and shows no query. */
export function unreadableSource(address: string, { path, message, code }: IngestError): Problem {
  const named = `${printable(path)}: `
  const reason = message.startsWith(named) ? message.slice(named.length) : message
  const shown = printable(schemeOf(address)?.startsWith('postgres') ? address.replace(/#.*$/s, '') : address)
  return { path: address, code: 'unreadable_path', message: `${shown}: ${reason}${helpFor(address, code, reason)}` }
}

function helpFor(address: string, code: string, reason: string): string {
  switch (schemeOf(address)) {
    case 'postgres':
    case 'postgresql':
      return code === 'refused' || /password/i.test(reason) ? ' No password is kept: set PGPASSWORD.' : ''
    case 's3':
      if (reason.endsWith('Region is missing')) return '. Set AWS_REGION.'
      return code === 'refused' ? ' Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.' : ''
    default:
      if (code !== 'refused') return ''
      return ` Set RAG_AUTHORIZATION to "${new URL(address).host} <value of the header Authorization>".`
  }
}
