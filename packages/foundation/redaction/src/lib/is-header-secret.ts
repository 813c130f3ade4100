const credentials =
  /^(?:(?:basic|bearer|digest|token|api-?key|key|negotiate|ntlm|hawk|oauth|dpop|aws4-hmac-sha256|signature)[ \t]+[^\s<]|[^\s=]{1,256}=|\S+\s*$)/i

/** Whether a header of this name has a secret for its value: words about headers have the same form. */
export function isHeaderSecret(name: string, value: string): boolean {
  if (/key$/i.test(name)) return /\d/.test(value)
  return credentials.test(value) && (!/cookie$/i.test(name) || value.includes('='))
}
