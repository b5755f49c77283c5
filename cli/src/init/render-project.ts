import { BugError } from '../errors.ts'
import { editSettings, type SettingsEdit } from '../project/edit-settings.ts'
import { projectFile, settingsFile } from '../project/find-project.ts'
import { localRegion } from './regions.ts'
import type { ProjectFile, ProjectFiles } from './template-files.ts'

/** What the person chose; recorded with the pristine template, so that `upgrade` renders alike. */
export type Answers = {
  name: string
  project: string
  region: string
  /** Folder of the sample app inside the project, or null. */
  appFolder: string | null
}

export type ProjectIdentity = { id: string; templateVersion: string; cliVersion: string }

/** Origins where the sample app runs: `npm run dev` and `npm start` both take this port. */
export const sampleAppOrigin = 'http://localhost:3000'

const defaultIgnore = `node_modules/
dist/
coverage/
*.log
.env
.env.*
!.env.example
`

/** The project as it is on its first day. Pure: no file is touched. */
export async function renderProject(
  server: ProjectFiles,
  app: ProjectFiles | null,
  answers: Answers,
  identity: ProjectIdentity,
): Promise<ProjectFiles> {
  const files: ProjectFiles = new Map(server)
  files.set(settingsFile, await renderSettings(files, answers))
  renamePackage(files, '', answers.project)
  if (!files.has('.gitignore')) files.set('.gitignore', textFile(defaultIgnore))
  const { id, templateVersion, cliVersion } = identity
  files.set(
    projectFile,
    jsonFile({ id, name: answers.project, template: templateVersion, cliVersion }),
  )
  if (app && answers.appFolder) {
    const prefix = `${answers.appFolder}/`
    for (const [path, file] of app) files.set(prefix + path, file)
    renamePackage(files, prefix, `${answers.project}-app`)
  }
  return files
}

async function renderSettings(files: ProjectFiles, answers: Answers): Promise<ProjectFile> {
  const source = requireFile(files, settingsFile).content.toString()
  const edit: SettingsEdit = { set: { project: answers.project, name: answers.name } }
  if (answers.region !== localRegion) {
    edit.set = {
      ...edit.set,
      environments: {
        local: { target: 'local', port: null },
        production: { target: 'digitalocean', region: answers.region },
      },
    }
  }
  if (answers.appFolder) {
    edit.add = {
      allowedOrigins: [sampleAppOrigin],
      redirectUris: [`${sampleAppOrigin}/callback`],
    }
  }
  return textFile(await editSettings(source, settingsFile, edit))
}

function renamePackage(files: ProjectFiles, prefix: string, name: string): void {
  const manifest = JSON.parse(requireFile(files, `${prefix}package.json`).content.toString())
  files.set(`${prefix}package.json`, jsonFile({ ...manifest, name }))
  const lock = files.get(`${prefix}package-lock.json`)
  if (!lock) return
  const content = JSON.parse(lock.content.toString())
  content.name = name
  if (content.packages?.['']) content.packages[''].name = name
  files.set(`${prefix}package-lock.json`, jsonFile(content))
}

function requireFile(files: ProjectFiles, path: string): ProjectFile {
  const file = files.get(path)
  if (!file) throw new BugError(`The template has no ${path}`)
  return file
}

function jsonFile(value: unknown): ProjectFile {
  return textFile(`${JSON.stringify(value, null, 2)}\n`)
}

function textFile(text: string): ProjectFile {
  return { content: Buffer.from(text), isExecutable: false }
}
