import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { usageError } from '../errors.ts'

export type App = {
  /** Absolute. */
  folder: string
  framework: 'vite' | 'next'
  /** How the framework marks variables that reach the browser. */
  prefix: 'VITE_' | 'NEXT_PUBLIC_'
  /** Where its `npm run dev` answers when nobody says otherwise. */
  defaultOrigin: string
}

/** What kind of app lies in a folder, by its package.json. Exit 2 when it is none we know. */
export async function detectApp(dir: string): Promise<App> {
  const folder = resolve(dir)
  const manifest = await readManifest(folder)
  const dependencies = { ...manifest.dependencies, ...manifest.devDependencies }
  const dev = manifest.scripts?.dev ?? ''
  if (dependencies.next) {
    const port = /(?:-p|--port)[ =](\d+)/.exec(dev)?.[1] ?? '3000'
    return { folder, framework: 'next', prefix: 'NEXT_PUBLIC_', defaultOrigin: origin(port) }
  }
  if (dependencies.vite) {
    // A backend of its own in front of Vite (as in our sample app) has its own port, 3000.
    const fallback = /\bvite\b/.test(dev) ? '5173' : '3000'
    const port = /--port[ =](\d+)/.exec(dev)?.[1] ?? fallback
    return { folder, framework: 'vite', prefix: 'VITE_', defaultOrigin: origin(port) }
  }
  throw usageError({
    code: 'app_unknown',
    what: `${folder} holds no app that connect knows.`,
    why: 'Its package.json names neither vite nor next.',
    next: ['For another kind of app: authstack keys create --kind browser --origin <origin>'],
  })
}

type Manifest = {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  scripts?: Record<string, string>
}

async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'package.json')
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Manifest
  } catch (error) {
    const isMissing = (error as { code?: string }).code === 'ENOENT'
    throw usageError({
      code: 'app_not_found',
      what: `${folder} holds no app.`,
      why: isMissing
        ? 'It has no package.json.'
        : `Its package.json cannot be read: ${(error as Error).message}`,
      next: ['Name the folder of your app: authstack connect ../web'],
      cause: error,
    })
  }
}

function origin(port: string): string {
  return `http://localhost:${port}`
}
