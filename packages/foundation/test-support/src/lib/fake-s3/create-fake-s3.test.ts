import { describe, expect, it } from 'vitest'
import { Bucket } from './bucket.ts'
import { createFakeS3 } from './create-fake-s3.ts'
import { listReply } from './s3-replies.ts'

describe('createFakeS3', () => {
  it('refuses whoever does not sign', async () => {
    await using s3 = await createFakeS3()
    s3.put('bucket', 'a', 'secret')
    const refused = await fetch(`${s3.url}/bucket/a`)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toBe('<Error><Code>AccessDenied</Code><Message>AccessDenied</Message></Error>')
  })

  it('says SlowDown where the script has a status 503', async () => {
    await using s3 = await createFakeS3([{ fault: { type: 'status', status: 503 } }])
    const busy = await fetch(`${s3.url}/bucket/a`)
    expect(busy.status).toBe(503)
    expect(await busy.text()).toContain('<Code>SlowDown</Code>')
  })

  it('knows only its buckets', async () => {
    await using s3 = await createFakeS3([], { buckets: ['one', 'two'] })
    expect(() => s3.put('three', 'a', '')).toThrow(new TypeError('"bucket" must be one of one, two, got "three".'))
  })
})

describe('listReply', () => {
  it('has at most 1,000 keys, by their bytes, and says how to go on', () => {
    const bucket = new Bucket({ versioned: false })
    for (let index = 0; index < 1_500; index++) bucket.put(`k${index}`, Buffer.from(''), {}, 0)
    bucket.put('k😀', Buffer.from(''), {}, 0)
    bucket.put('k\uffff', Buffer.from(''), {}, 0)
    const keys: string[] = []
    let token = ''
    for (;;) {
      const query = new URLSearchParams({ 'list-type': '2', ...(token !== '' && { 'continuation-token': token }) })
      const page = String(listReply('bucket', bucket, query).body)
      const found = [...page.matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => match[1]!)
      expect(found.length).toBeLessThanOrEqual(1_000)
      keys.push(...found)
      token = /<NextContinuationToken>([^<]*)</.exec(page)?.[1] ?? ''
      if (token === '') break
    }
    expect(keys).toHaveLength(1_502)
    expect(keys.slice(-2)).toEqual(['k\uffff', 'k😀'])
  })
})
