import { redactText } from '@empire/redaction'

/** A URL as others may see it: messages, events and citations. Secrets in its query are hidden. */
export function addressOf({ href }: URL): string {
  return redactText(href)
}
