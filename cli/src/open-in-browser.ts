import { spawn } from 'node:child_process'

/** Hands an address to the system's own opener. False where there is none; the address is printed anyway. */
export function openInBrowser(url: string): Promise<boolean> {
  const openers: Partial<Record<NodeJS.Platform, [string, string[]]>> = {
    darwin: ['open', [url]],
    win32: ['explorer.exe', [url]],
  }
  const hasScreen =
    process.env.DISPLAY || process.env.WAYLAND_DISPLAY || process.env.WSL_DISTRO_NAME
  if (process.platform === 'linux' && !hasScreen) return Promise.resolve(false)
  const [command, args] = openers[process.platform] ?? ['xdg-open', [url]]
  return new Promise((resolve) => {
    const child = spawn(command, args, { detached: true, stdio: 'ignore' })
    child.on('error', () => resolve(false))
    child.on('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
