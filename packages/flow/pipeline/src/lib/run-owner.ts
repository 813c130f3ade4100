import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Who has a run. */
export interface RunOwner {
  /** The machine, and on it the space in which process ids mean something. */
  readonly machine: string
  readonly pid: number
  /** Tells the process from an earlier one with the same id. */
  readonly process: string
  /** Tells the sessions of a process apart. */
  readonly session: string
}

const thisProcess = crypto.randomUUID()
let thisMachine: string | undefined

/** This process, for a new session. */
export function createOwner(): RunOwner {
  return { machine: machineName(), pid: process.pid, process: thisProcess, session: crypto.randomUUID() }
}

/** Whether the process of an owner is known to have ended. Of other machines nothing is known. */
export function hasEnded({ machine, pid, process: ownProcess }: RunOwner): boolean {
  if (machine !== machineName() || ownProcess === thisProcess) return false
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // EPERM: it is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

function machineName(): string {
  return (thisMachine ??= `${hostname()} ${processSpace()}`)
}

/** Two containers may share a host name and a file, and each has a process 1. */
function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    // Only Linux has it.
    return ''
  }
}
