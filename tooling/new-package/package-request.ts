import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { kebabCase } from '../check-deps/check-matrix.ts'
import { type Matrix, testFloor } from '../layers.ts'
import { emptyNames } from '../package-shape/empty-names.ts'

export interface PackageRequest {
  readonly floor: string
  readonly name: string
  /** What the package is, in one sentence. */
  readonly sentence: string
}

/** Why the package cannot be made, each a sentence that says what to do instead; empty when it can. */
export function refuseRequest(root: string, matrix: Matrix, { floor, name, sentence }: PackageRequest): string[] {
  const floors = listFloors(matrix)
  const refusals: string[] = []
  if (!floors.includes(floor))
    refusals.push(`There is no layer "${floor}" to put it on. There are: ${floors.join(', ')}.`)

  const taken = findTaken(root, matrix, name)
  if (!kebabCase.test(name)) refusals.push(`"${name}" is not in kebab-case. A name is like: cache, cache-redis.`)
  else if (emptyNames.has(name))
    refusals.push(`"${name}" says nothing. Name the package after the one thing that it is.`)
  else if (taken !== undefined) refusals.push(`"${name}" is taken: ${taken}.`)

  if (!/^\S[^\r\n]*[^\s.][.]$/u.test(sentence)) {
    refusals.push(
      `The description should be one sentence on one line that ends in a period, but it is ${JSON.stringify(sentence)}.`,
    )
  }
  return refusals
}

/** The layers that published packages live on, from the lowest to the highest. */
export function listFloors(matrix: Matrix): string[] {
  return Object.keys(matrix).filter((floor) => floor !== testFloor)
}

function findTaken(root: string, matrix: Matrix, name: string): string | undefined {
  const floor = Object.keys(matrix).find((one) => Object.hasOwn(matrix[one] ?? {}, name))
  if (floor !== undefined) return `it has a row in tooling/layers.ts, on ${floor}`
  const packages = join(root, 'packages')
  const floors = existsSync(packages) ? readdirSync(packages) : []
  const home = floors.find((one) => existsSync(join(packages, one, name)))
  if (home !== undefined) return `there is a folder packages/${home}/${name}`
  return existsSync(join(root, `.changeset/${name}.md`)) ? `there is a changeset .changeset/${name}.md` : undefined
}
