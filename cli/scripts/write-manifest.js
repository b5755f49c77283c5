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
// In the source a description is broken at the editor's width; help breaks it at the terminal's.
for (const command of Object.values(plugin.manifest.commands)) {
  command.description = command.description?.replace(/([^\n])\n(?=[^\n])/g, '$1 ')
}
await writeFile(file, JSON.stringify(plugin.manifest))
