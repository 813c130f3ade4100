/**
 * What a child is at:
 *
 * - `stopped`: not started yet, or ended by its supervisor.
 * - `starting`: `start` has not returned yet.
 * - `ready`: at work.
 * - `failed`: ended without having been asked to; what follows is about to be decided.
 * - `waiting`: will be started again after a pause.
 * - `stopping`: asked to stop.
 * - `ended`: done, or failed and not to be started again.
 * - `stuck`: asked to stop, and still running after all deadlines.
 */
export type ChildState = 'stopped' | 'starting' | 'ready' | 'failed' | 'waiting' | 'stopping' | 'ended' | 'stuck'
