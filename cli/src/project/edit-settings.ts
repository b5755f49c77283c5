import { settingsLiteral } from './read-settings.ts'

export type SettingsEdit = {
  /** Top-level names to set to plain data. */
  set?: Record<string, unknown>
  /** Strings to add to a top-level list, once. */
  add?: Record<string, string[]>
}

/** The settings' source with a change, its format and comments kept. Equal when nothing changes. */
export async function editSettings(
  source: string,
  fileName: string,
  edit: SettingsEdit,
): Promise<string> {
  const { value } = await settingsLiteral(source, fileName)
  const known = value as Record<string, unknown>
  const { parseModule, generateCode } = await import('magicast')
  const module = parseModule(source)
  const settings = module.exports.default
  let isChanged = false
  for (const [name, wanted] of Object.entries(edit.set ?? {})) {
    if (JSON.stringify(known[name]) === JSON.stringify(wanted)) continue
    settings[name] = wanted
    isChanged = true
  }
  for (const [name, wanted] of Object.entries(edit.add ?? {})) {
    const list = Array.isArray(known[name]) ? (known[name] as string[]) : []
    const missing = wanted.filter((item) => !list.includes(item))
    if (missing.length === 0) continue
    if (Array.isArray(known[name])) settings[name].push(...missing)
    else settings[name] = missing
    isChanged = true
  }
  if (!isChanged) return source
  const code = generateCode(module, { quote: 'single', trailingComma: true }).code
  return code.endsWith('\n') ? code : `${code}\n`
}
