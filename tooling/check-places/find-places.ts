interface Rule {
  readonly pattern: RegExp
  readonly reason: string
}

const machinePath: Rule = {
  pattern:
    /(?<![\w.~-])(?:\/(?:work|root|tmp|home\/\w+|Users\/\w+|private\/var|var\/folders)\/|[A-Za-z]:[\\/]+Users[\\/])[^\s'"`)]*/g,
  reason: 'is a path of one machine',
}

const registryUrl: Rule = {
  pattern: /\bhttps?:\/\/[\w.@:-]*(?:registry|artifactory|nexus|verdaccio|npmjs)[\w.:-]*/gi,
  reason: 'names a package registry; the reader has one configured',
}

const lockedTarball: Rule = {
  pattern: /\btarball: *\S+/g,
  reason: 'ties the lock file to one registry (install with npm_config_omit_lockfile_registry_resolved=true)',
}

/** The machine paths and registry hosts in a file, as `path:line "…" is …`. `hosts` are registries known by name. */
export function findPlaces(path: string, text: string, hosts: readonly string[] = []): string[] {
  const rules = path.endsWith('pnpm-lock.yaml') ? [machinePath, registryUrl, lockedTarball] : [machinePath, registryUrl]
  const found: string[] = []
  for (const [index, line] of text.split('\n').entries()) {
    for (const { pattern, reason } of rules) {
      for (const [match] of line.matchAll(pattern)) found.push(`${path}:${index + 1} "${match}" ${reason}.`)
    }
    for (const host of hosts) {
      if (line.includes(host)) found.push(`${path}:${index + 1} "${host}" ${registryUrl.reason}.`)
    }
  }
  return found
}
