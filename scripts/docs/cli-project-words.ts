import type { CliErrorWords } from './cli-error-words.ts'

/** Of the command line, a project and its settings, an app. */
export const cliProjectWords: Record<string, CliErrorWords> = {
  answer_invalid: {
    title: 'An answer cannot be used',
    why: 'The value of a flag does not fit; the error says what it must be. Nothing was written.',
    next: 'Run the command again with another value.',
  },
  answer_missing: {
    title: 'An answer is missing',
    why: 'The command has to ask something and there is no terminal to ask on, as in CI or a pipe. It ends instead of waiting.',
    next: 'Give the answer by the flag that the error names. `--yes` answers questions of yes and no only.',
  },
  app_not_found: {
    title: 'The folder holds no app',
    why: '`connect` reads the `package.json` of an app to know how it takes its settings, and there is none that can be read.',
    next: 'Name the folder of the app: `authstack connect ../web`.',
  },
  app_unknown: {
    title: 'The kind of app is not known',
    why: '`connect` writes the variables of Vite and Next.js. This `package.json` names neither.',
    next: 'Make a key with `authstack keys create --kind browser --origin <origin>` and put it into the app yourself.',
  },
  bug: {
    title: 'A fault of ours',
    why: 'The command met something that it does not expect. The lines above the error say where.',
    next: 'Report it with those lines and with what `authstack doctor --json` prints.',
    fixer: 'us',
  },
  command_unknown: {
    title: 'There is no such command',
    why: 'It is mistyped, or of another version of the CLI.',
    next: '`authstack --help` lists every command.',
  },
  declined: {
    title: 'Nothing was changed',
    why: 'The question was answered with no.',
    next: 'Run the command again when you are sure.',
  },
  environment_unknown: {
    title: 'There is no such environment',
    why: '`environments` in `authstack.config.ts` does not have the name that `--env` gave.',
    next: 'Use one of those it has, or add it.',
  },
  folder_ignored: {
    title: 'The folder is ignored by git',
    why: 'A project is committed, and the `.gitignore` of the repository leaves this folder out.',
    next: 'Choose another folder, or take the line out of `.gitignore`.',
  },
  folder_is_file: {
    title: 'The folder is a file',
    why: 'A project needs a folder of its own.',
    next: 'Choose another: `authstack init my-auth`.',
  },
  folder_not_empty: {
    title: 'The folder is not empty',
    why: '`init` never writes over a file. The error names what is in the way. Nothing was written.',
    next: 'Choose another folder: `authstack init my-auth`.',
  },
  git_failed: {
    title: 'git failed',
    why: 'git ended with an error, and its own words stand in the message.',
    next: 'Put right what git says, then run the command again.',
  },
  git_missing: {
    title: 'git is not installed',
    why: 'A project is a git repository; every version is packaged from it.',
    next: 'Install git, then run the command again.',
  },
  import_empty: {
    title: 'The file holds nobody to import',
    why: 'It was read, and no entry of it is a person with an email address.',
    next: 'Say whose export it is with `--format`. [Import](../guide/import.md) shows each format.',
  },
  import_file_unreadable: {
    title: 'The file to import cannot be read',
    why: 'It is not there, may not be read, or is a JSON document that is cut off or larger than 512 MB.',
    next: 'Check the path. Export a large file as JSON lines or in parts.',
  },
  import_format_unknown: {
    title: 'The file is in no format that can be imported',
    why: 'It is neither CSV with an email column, nor JSON lines, nor a JSON document of people.',
    next: '[Import](../guide/import.md) shows each format; `--format` says whose export it is.',
  },
  import_stopped: {
    title: 'An import stopped half-way',
    why: 'The instance went away, or refused a batch for the reason that the error gives. Everybody before it is in.',
    next: 'Mend what it says and run the same command again: it goes on behind the people who are in.',
  },
  install_failed: {
    title: 'npm install failed',
    why: 'The packages of the new project could not be installed, most often for want of a network. Nothing was written.',
    next: 'Check the network and the npm registry and run it again, or use `--no-install` and install later.',
  },
  installation_incomplete: {
    title: 'The installation of AuthStack is not complete',
    why: 'A file that `init` copies is not there. In a checkout it is made by `bin/setup`.',
    next: 'In a checkout run `bin/setup`; else install the package again.',
  },
  interrupted: {
    title: 'The command was interrupted',
    why: 'You pressed Ctrl-C, or the terminal went away.',
    next: 'Run the same command again; it goes on where it was.',
  },
  key_missing: {
    title: 'There is no key for the app yet',
    why: '`connect` writes a browser key into the app. Nothing is deployed that could make one, and none was given.',
    next: 'Deploy first, or give `--key` and `--endpoint`.',
  },
  key_not_publishable: {
    title: 'This key does not belong in a browser',
    why: 'Everybody who opens the app can read it, so only keys that begin with `ask_` may be there.',
    next: 'Leave `--key` out: `connect` makes a browser key for the app.',
  },
  key_unknown: {
    title: 'The instance does not know the key',
    why: 'It is revoked, of another instance, or of the other mode.',
    next: '`authstack keys list` shows the keys, `--mode test` those of test mode.',
  },
  name_invalid: {
    title: 'The name cannot be used',
    why: 'The name of a project becomes part of cookies, databases and tokens, so it is short, small letters, digits and hyphens. Nothing was written.',
    next: 'Choose one such as `acme-auth`.',
  },
  entitlement_invalid: {
    title: 'That limit or feature cannot be read',
    why: '`--limit` takes `<name>=<number>`, `<name>=unlimited` or `<name>=default`; `--feature` takes `<name>=on`, `=off` or `=default`. `default` gives it back to what the plan says.',
    next: 'Write it like `--limit members=50` or `--feature sso=on`.',
  },
  nothing_to_set: {
    title: 'There is nothing to set',
    why: '`orgs set` changes what its flags name, and there was none.',
    next: 'Give `--plan`, `--limit` or `--feature`. `authstack orgs show <org>` tells what holds now.',
  },
  origin_invalid: {
    title: 'That is not an origin',
    why: 'An origin is scheme, host and port, without a path and without a slash at the end. It is compared exactly.',
    next: 'Write it like `https://app.example.com`.',
  },
  project_damaged: {
    title: '.authstack/project.json cannot be read',
    why: 'It is not the JSON that `init` wrote. It holds the id by which the instance is found.',
    next: '`git checkout -- .authstack/project.json`.',
  },
  project_not_found: {
    title: 'This is not a project',
    why: 'There is no `.authstack/project.json` here or in a folder above.',
    next: '`cd` into the project, or make one: `authstack init my-auth`.',
  },
  project_renamed: {
    title: 'The name of a project does not change',
    why: '`project` is part of every token, cookie and database. Another name is another instance.',
    next: 'Put the old one back. `name` is what people see, and may change.',
  },
  redirect_uri_invalid: {
    title: 'That is not a redirect URI',
    why: 'It is compared letter by letter, so it must be the whole address.',
    next: 'Write it like `https://app.example.com/callback`.',
  },
  repository_busy: {
    title: 'The repository is in the middle of something',
    why: 'A merge or rebase is going on, and a commit now would become part of it.',
    next: 'Finish or abort it, then run the command again.',
  },
  secret_name_invalid: {
    title: 'The name cannot be used for a secret',
    why: 'A secret has a name such as `STRIPE_KEY`. A value that was given as the name must not be kept.',
    next: 'Run `authstack secrets set <NAME>` and type the value when it asks, or pipe it in.',
  },
  secret_unknown: {
    title: 'There is no such secret',
    why: 'It was never set in this environment, or it is removed already.',
    next: '`authstack secrets list` shows the names.',
  },
  secrets_unreadable: {
    title: 'The secrets cannot be read',
    why: 'They lie in a file that only the user who deployed can read.',
    next: 'Run the command as that user.',
  },
  settings_invalid: {
    title: 'A setting has a value that it does not take',
    why: 'The error names the line. Nothing was changed.',
    next: 'Put it right; the comments in `authstack.config.ts` say what it takes.',
  },
  settings_missing: {
    title: 'The settings cannot be read',
    why: 'There is no `authstack.config.ts` in the project, or it may not be read.',
    next: '`git checkout -- authstack.config.ts`.',
  },
  settings_no_default: {
    title: 'The file exports no settings',
    why: 'The settings are its default export: `export default { ... } satisfies Settings`.',
    next: 'Write the object after `export default`.',
  },
  settings_not_literal: {
    title: 'A setting is not a plain value',
    why: 'Settings are read as data and never run, so that a file from a pull request does nothing on the machine that reads it. A variable or a call has no value then.',
    next: 'Write the value itself. Secrets stay out (`authstack secrets set NAME`), and code belongs in `extensions/`.',
  },
  settings_syntax: {
    title: 'The settings are not valid TypeScript',
    why: 'The error names the line.',
    next: 'Put the line right and run the command again.',
  },
  settings_unknown_name: {
    title: 'There is no such setting',
    why: 'A misspelt setting would be without effect, so it is refused. The error names the nearest.',
    next: 'Rename it.',
  },
  tests_failed: {
    title: "The new project's own tests failed",
    why: '`init` runs `npm test` before it commits. Nothing was written.',
    next: '`authstack doctor` shows what this computer lacks; or use `--no-install` and look into it in the project.',
  },
  types_outdated: {
    title: 'The generated types are not up to date',
    why: 'The settings changed since the file was written. `--check` only looks.',
    next: 'Run `authstack types` and commit the file.',
  },
  usage: {
    title: 'The command was not understood',
    why: 'A flag or argument is unknown, missing, or of the wrong kind. The error names it.',
    next: '`authstack <command> --help` shows what it takes.',
  },
}
