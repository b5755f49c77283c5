import { runChild } from '../child/run-child.ts'
import { exitCodes, UserError } from '../errors.ts'

export type GitOptions = { env?: NodeJS.ProcessEnv; input?: string; signal?: AbortSignal }

/** The only door to git. The caller's GIT_DIR and the like are left out: we may run in a hook. */
export type Git = {
  folder: string
  /** stdout without its last newline. A failure is a UserError with git's own words. */
  run: (args: string[], options?: GitOptions) => Promise<string>
  /** As run, but null on failure. */
  ask: (args: string[], options?: GitOptions) => Promise<string | null>
}

export function openGit(folder: string): Git {
  const call = (args: string[], options: GitOptions) =>
    runChild('git', args, {
      cwd: folder,
      env: { ...withoutGitVariables(process.env), ...options.env },
      input: options.input,
      signal: options.signal,
      timeoutSeconds: 120,
    })
  return {
    folder,
    async run(args, options = {}) {
      const result = await call(args, options)
      if (result.exitCode === 0) return result.stdout
      throw gitError(args, result.exitCode, result.stderr || result.stdout)
    },
    async ask(args, options = {}) {
      const result = await call(args, options)
      return result.exitCode === 0 ? result.stdout : null
    },
  }
}

function gitError(args: string[], exitCode: number, words: string): UserError {
  if (exitCode === 127) {
    return new UserError({
      code: 'git_missing',
      what: 'git is not installed.',
      why: 'An AuthStack project is a git repository; every deploy and change is read from it.',
      next: ['Install git, then run the command again.'],
      exitCode: exitCodes.infrastructure,
    })
  }
  const command = args.find((arg) => !arg.startsWith('-') && !arg.includes('=')) ?? ''
  return new UserError({
    code: 'git_failed',
    what: `git ${command} failed.`,
    why: words.trim().split('\n').slice(-3).join(' ') || `It ended with ${exitCode}.`,
    next: ['Put right what git says, then run the command again.'],
  })
}

function withoutGitVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = /^GIT_(AUTHOR|COMMITTER|CONFIG|SSH|ASKPASS|TERMINAL_PROMPT|CEILING|EXEC_PATH)/
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || kept.test(name)),
  )
}
