import { posix } from 'node:path'
import { findUses } from './find-uses.ts'
import { type DoorRule, doorRules, folders } from './rules.ts'

/** `path` is relative to the root of the clone, with forward slashes. */
export type SourceFile = { path: string; text: string }
export type Violation = { rule: string; path: string; line: number; what: string }

export const noFolderImportsAnother = 'no folder imports another'

/** Every place where a file reaches over a border. Tests may look behind a door, but never into another folder. */
export function findViolations(files: SourceFile[]): Violation[] {
  return files.flatMap(({ path, text }) => {
    const rules = isTest(path) ? [] : doorRules.filter((rule) => isHeldTo(rule, path))
    return findUses(path, text).flatMap((use): Violation[] => {
      const found = (rule: string, what: string) => ({ rule, path, line: use.line, what })
      if (use.kind === 'environment') {
        return rules
          .filter((rule) => rule.environment)
          .map((rule) => found(rule.name, 'process.env'))
      }
      if (use.kind === 'fetch') {
        return rules.filter((rule) => rule.fetch).map((rule) => found(rule.name, 'fetch'))
      }
      const { specifier } = use
      if (crossesFolders(path, specifier)) return [found(noFolderImportsAnother, specifier)]
      if (use.isTypeOnly) return []
      return rules
        .filter((rule) => rule.packages?.some((name) => isOfPackage(specifier, name)))
        .map((rule) => found(rule.name, specifier))
    })
  })
}

function isHeldTo(rule: DoorRule, path: string): boolean {
  return startsWithOne(path, rule.within) && !startsWithOne(path, rule.doors)
}

function startsWithOne(path: string, places: string[]): boolean {
  return places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place))
}

/** A relative import that leaves its folder, or one of the other workspaces by its package name. */
function crossesFolders(path: string, specifier: string): boolean {
  const own = folderOf(path)
  if (!own) return false
  if (!specifier.startsWith('.')) return isOfPackage(specifier, 'authstack') && own !== 'cli'
  const target = posix.normalize(posix.join(posix.dirname(path), specifier))
  return !`${target}/`.startsWith(`${own}/`)
}

function folderOf(path: string): string | undefined {
  return folders.find((folder) => path.startsWith(`${folder}/`))
}

function isOfPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`)
}

function isTest(path: string): boolean {
  return /\.test(-d)?\.tsx?$|\/(test|testing)\//.test(path)
}
