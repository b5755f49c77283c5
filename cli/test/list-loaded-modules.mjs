// Preloaded with --import: writes every file that gets loaded to the file named by LOADED_MODULES.
import { appendFileSync } from 'node:fs'
import nodeModule, { registerHooks } from 'node:module'

const file = process.env.LOADED_MODULES
registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(file, `${url}\n`)
    return nextLoad(url, context)
  },
})
process.on('exit', () => {
  appendFileSync(file, `${Object.keys(nodeModule._cache ?? {}).join('\n')}\n`)
})
