import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { committedFiles } from '../lib/committed-files.ts'
import { repository } from '../lib/repository.ts'

/**
 * A registry host or a path of one machine in a committed file would make the clone work there and nowhere else.
 * Put together from pieces, so that this file does not name them either.
 */
const registryHosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['repo1', 'maven', 'org'],
  ['repo', 'maven', 'apache', 'org'],
  ['files', 'pythonhosted', 'org'],
  ['deb', 'debian', 'org'],
  ['proxy', 'golang', 'org'],
].map((parts) => parts.join('.'))
const machinePaths = [
  /(^|[\s"'`(=:])\/(work|root)\//m,
  /\/home\/(?!(<|\$|you|user)\b)[a-z][\w-]*\//m,
]

const textFiles = committedFiles().filter(
  (path) => !/\.(png|jpg|jar|woff2?|ico|tgz|zip)$/.test(path),
)

test('no committed file names the host of a package registry', () => {
  const hosts = [...registryHosts, ...configuredHosts()]
  assert.deepEqual(
    filesWith((text) => hosts.some((host) => text.includes(host))),
    [],
  )
})

test('no committed file names a path of one machine', () => {
  assert.deepEqual(
    filesWith((text) => machinePaths.some((path) => path.test(text))),
    [],
  )
})

/** The registry this machine is set to use, which may be a mirror of its own. */
function configuredHosts(): string[] {
  const { hostname } = new URL(
    execFileSync('npm', ['config', 'get', 'registry'], {
      cwd: repository,
      encoding: 'utf8',
    }).trim(),
  )
  return hostname === 'localhost' || hostname === '127.0.0.1' ? [] : [hostname]
}

function filesWith(holds: (text: string) => boolean): string[] {
  return textFiles.filter((path) => holds(readFileSync(join(repository, path), 'utf8')))
}
