/** One setting that differs. Absent is undefined; values are plain data. */
export type SettingChange = { path: string; from?: unknown; to?: unknown }

/** The differences between two settings, leaf by leaf, in the order of their paths. */
export function compareSettings(from: unknown, to: unknown): SettingChange[] {
  const before = flatten(from)
  const after = flatten(to)
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  return paths
    .filter((path) => JSON.stringify(before.get(path)) !== JSON.stringify(after.get(path)))
    .map((path) => ({ path, from: before.get(path), to: after.get(path) }))
}

function flatten(value: unknown, path = '', leaves = new Map<string, unknown>()) {
  if (Array.isArray(value) && value.some(isObject)) {
    // Told apart by what names them, so that an item added in front changes one line, not all.
    value.forEach((item, index) => {
      flatten(item, `${path}[${nameOf(item) ?? index}]`, leaves)
    })
  } else if (isObject(value) && Object.keys(value).length > 0) {
    for (const [key, item] of Object.entries(value)) {
      flatten(item, path ? `${path}.${key}` : key, leaves)
    }
  } else leaves.set(path, value)
  return leaves
}

function nameOf(item: unknown): string | null {
  if (!isObject(item)) return null
  const name = item.id ?? item.name
  return typeof name === 'string' ? name : null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
