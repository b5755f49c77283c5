// Writes oclif.manifest.json from dist/commands, so that `--help` reads one file instead of
// importing every command.
import { rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Plugin } from '@oclif/core/config'

const root = fileURLToPath(new URL('..', import.meta.url))
const file = new URL('../oclif.manifest.json', import.meta.url)
await rm(file, { force: true })
const plugin = new Plugin({ ignoreManifest: true, root, type: 'core', errorOnManifestCreate: true })
await plugin.load()
await writeFile(file, JSON.stringify(plugin.manifest))
