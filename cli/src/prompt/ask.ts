import { usageError } from '../errors.ts'
import type { Output } from '../output/output.ts'

type Question<T> = {
  /** As typed: "--name". */
  flag: string
  /** "Project name" */
  message: string
  /** The flag's value; asked for when undefined. */
  value: T | undefined
  /** Shown in the question. Taken without asking only where a question cannot be asked. */
  default?: T
  /** True, or what is wrong with the answer. */
  validate?: (value: T) => true | string
}

/** A line of text: the flag's value, else asked for, else the default, else exit 2. */
export async function askText(output: Output, question: Question<string>): Promise<string> {
  const given = question.value ?? (output.canAsk ? undefined : question.default)
  if (given !== undefined) return checked(question, given)
  requireAsking(output, question)
  const { input } = await import('@inquirer/prompts')
  return input(
    { message: withFlag(output, question), default: question.default, validate: question.validate },
    promptContext,
  )
}

/** One of a few. */
export async function askChoice<T extends string>(
  output: Output,
  question: Question<T> & { choices: { value: T; name: string; description?: string }[] },
): Promise<T> {
  const given = question.value ?? (output.canAsk ? undefined : question.default)
  if (given !== undefined) return checked(question, given)
  requireAsking(output, question)
  const { select } = await import('@inquirer/prompts')
  const { choices } = question
  return select<T>(
    { message: withFlag(output, question), default: question.default, choices },
    promptContext,
  )
}

/** Yes or no. `--yes` says yes. */
export async function askYesNo(
  output: Output,
  question: Question<boolean> & { yes?: boolean },
): Promise<boolean> {
  if (question.value !== undefined) return question.value
  if (question.yes) return true
  if (!output.canAsk && question.default !== undefined) return question.default
  requireAsking(output, question)
  const { confirm } = await import('@inquirer/prompts')
  return confirm(
    { message: withFlag(output, question), default: question.default ?? false },
    promptContext,
  )
}

/** A secret: typed unseen, or piped into stdin. Never a flag: other users see a process's flags. */
export async function askSecret(
  output: Output,
  question: { message: string; howToPipe: string },
): Promise<string> {
  if (!process.stdin.isTTY) {
    const piped = await readStdin()
    if (piped) return piped
  }
  if (!output.canAsk) {
    throw usageError({
      code: 'answer_missing',
      what: `${question.message} is missing.`,
      why: 'Nothing came on stdin and there is no terminal to ask on.',
      next: [question.howToPipe],
    })
  }
  const { password } = await import('@inquirer/prompts')
  return password({ message: question.message, mask: '*' }, promptContext)
}

// Questions are talk: stdout stays free for data.
const promptContext = { output: process.stderr }

const stdinBytesMax = 1024 * 1024
/** A daemon may hand down a pipe that nobody writes to or closes; waiting for it would be a hang. */
const firstByteSeconds = 10

async function readStdin(): Promise<string> {
  let text = ''
  process.stdin.setEncoding('utf8')
  const timer = setTimeout(() => process.stdin.destroy(), firstByteSeconds * 1000)
  process.stdin.once('data', () => clearTimeout(timer))
  try {
    for await (const chunk of process.stdin) {
      text += chunk
      if (text.length > stdinBytesMax) break
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  } finally {
    clearTimeout(timer)
  }
  // One newline at the end comes from `echo`, not from the person.
  return text.replace(/\r?\n$/, '')
}

function withFlag(output: Output, question: { message: string; flag: string }): string {
  return `${question.message} ${output.talkStyle.dim(`(${question.flag})`)}`
}

function checked<T>(question: Question<T>, value: T): T {
  const verdict = question.validate?.(value) ?? true
  if (verdict === true) return value
  throw usageError({
    code: 'answer_invalid',
    what: `${question.flag} "${value}" cannot be used.`,
    why: verdict,
    next: [`Run the command again with another ${question.flag}.`],
  })
}

function requireAsking(output: Output, question: { message: string; flag: string }): void {
  if (output.canAsk) return
  throw usageError({
    code: 'answer_missing',
    what: `${question.message} is missing.`,
    why: 'There is no terminal to ask on.',
    next: [`Run the command again with ${question.flag}.`],
  })
}
