import { describe, expect, it } from 'vitest'
import { findPlaces } from './find-places.ts'

const slash = '/'

describe('findPlaces', () => {
  it.each([
    `cd ${slash}work/main`,
    `'${slash}root/.npmrc'`,
    `file://${slash}tmp/a.ts`,
    `${slash}home/ada/notes`,
    `"${slash}Users/ada/notes"`,
    `C:${'\\'}Users${'\\'}ada`,
  ])('finds the machine path in: %s', (line) => {
    expect(findPlaces('a.md', `fine\n${line}\n`)).toEqual([
      expect.stringMatching(/^a\.md:2 ".*" is a path of one machine\.$/),
    ])
  })

  it.each([
    'src/work/a.ts',
    'packages/root/index.ts',
    './tmp/',
    'https://example.com/home/page',
    '#!/usr/bin/env node',
    '/work',
  ])('leaves alone: %s', (line) => {
    expect(findPlaces('a.md', line)).toEqual([])
  })

  it('finds registries by a telling name, and by a given one', () => {
    const text = [
      `https:${slash}/registry.example.com/a`,
      `http:${slash}/user@npm.artifactory.example.com:8080/`,
      'packages.example.org',
    ].join('\n')
    expect(findPlaces('.npmrc', text, ['packages.example.org'])).toEqual([
      `.npmrc:1 "https:${slash}/registry.example.com" names a package registry; the reader has one configured.`,
      `.npmrc:2 "http:${slash}/user@npm.artifactory.example.com:8080" names a package registry; the reader has one configured.`,
      '.npmrc:3 "packages.example.org" names a package registry; the reader has one configured.',
    ])
  })

  it('finds tarballs in the lock file only', () => {
    const line = '  resolution: {integrity: sha512-x, tarball: https://files.example.com/a.tgz}'
    expect(findPlaces('pnpm-lock.yaml', line)).toHaveLength(1)
    expect(findPlaces('notes.md', line)).toEqual([])
  })
})
