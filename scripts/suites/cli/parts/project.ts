import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { authstack, authstackJson, type Outcome, type Sandbox, told } from '../../lib/authstack.ts'
import { type Instance, useInstance } from '../../lib/instance.ts'

/** One project of the CLI journey, driven only by what a user can type. */
export class Project {
  readonly box: Sandbox
  readonly name: string
  readonly folder: string
  nativeKey = ''

  constructor(box: Sandbox, name: string) {
    this.box = box
    this.name = name
    this.folder = join(box.folder, name)
  }

  /** Runs a command in the project's folder. */
  run(args: string[], timeoutSeconds?: number, input?: string): Promise<Outcome> {
    return authstack(args, { box: this.box, cwd: this.folder, timeoutSeconds, input })
  }

  /** The same, failing unless it exits 0. */
  async ok(args: string[], input?: string): Promise<Outcome> {
    const outcome = await this.run(args, 120, input)
    if (outcome.code !== 0) throw new Error(told(args, outcome, 0))
    return outcome
  }

  /** The JSON result of a command. */
  json(args: string[], code = 0) {
    return authstackJson(args, { box: this.box, cwd: this.folder }, code)
  }

  deploy() {
    return this.json(['deploy', '--env', 'local', '--yes'])
  }

  status(code = 0) {
    return this.json(['status'], code)
  }

  /** Folder of the instance below AUTHSTACK_HOME. */
  get state(): string {
    const { id } = JSON.parse(this.read('.authstack/project.json'))
    return join(this.box.env.AUTHSTACK_HOME ?? '', id, 'local')
  }

  /** Makes the HTTP helpers of ../../lib talk to this project's instance. */
  async use(): Promise<Instance> {
    const status = await this.status()
    if (!this.nativeKey) {
      const made = await this.json(['keys', 'create', '--kind', 'native', '--name', 'suite'])
      this.nativeKey = made.key
    }
    const instance: Instance = {
      api: status.publicUrl,
      pages: status.publicUrl,
      app: 'http://localhost:4890',
      mailbox: status.mailboxUrl,
      liveKey: '',
      testKey: '',
      nativeKey: this.nativeKey,
      project: this.folder,
      users: [],
      state: this.state,
    }
    useInstance(instance)
    return instance
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8')
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), text)
  }

  /** Replaces a text that must be there: an edit that hits nothing would test nothing. */
  edit(path: string, from: string | RegExp, to: string): void {
    const text = this.read(path)
    const edited = text.replace(from, to)
    if (edited === text) throw new Error(`${path} has no ${from}`)
    this.write(path, edited)
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.folder, encoding: 'utf8' })
  }

  /** The pid in the record of a process of the instance. */
  pid(process: string): number {
    return JSON.parse(readFileSync(join(this.state, 'run', `${process}.json`), 'utf8')).pid
  }
}
