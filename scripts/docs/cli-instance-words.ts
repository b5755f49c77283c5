import type { CliErrorWords } from './cli-error-words.ts'

/** Of a deploy, a rollback, and what they stand on. */
export const cliInstanceWords: Record<string, CliErrorWords> = {
  answer_unknown: {
    title: 'The instance gave an answer that is not one of ours',
    why: 'An answer to an operator route was no problem+json with a code, so it says nothing about its cause.',
    next: '`authstack status` says what runs, `authstack logs api` what it did.',
  },
  barrier: {
    title: 'A migration stands between the versions',
    why: 'A contract migration took away what the older version needs. Its code would fail on the database of today.',
    next: 'Go forward: put the change right and deploy; the present version goes on serving. See [roll back](../guide/roll-back.md).',
  },
  disk_full: {
    title: 'The disk is too full',
    why: 'PostgreSQL stops badly on a full disk, so a deploy asks for 1.5 GB before it changes anything.',
    next: 'Make room, or set `AUTHSTACK_HOME` and `AUTHSTACK_CACHE` to folders on a larger disk.',
  },
  endpoint_failed: {
    title: 'The endpoint did not take the event',
    why: 'The URL answered with something else than 2xx, or not at all within ten seconds. The answer is in the error.',
    next: 'Look into the log of the receiver, then `authstack webhooks test` again.',
  },
  endpoint_unknown: {
    title: 'There is no such endpoint',
    why: 'The settings name no endpoint with that id or URL for this data, or they name several and none was chosen.',
    next: '`authstack webhooks list` shows them; `--mode test` those for test data.',
  },
  folder_closed: {
    title: 'The service user cannot reach the folder',
    why: 'PostgreSQL refuses to run as root, so it runs as another user, and a folder on the way to its data lets nobody through.',
    next: '`chmod o+x` the folder that the error names, or set `AUTHSTACK_HOME` and `AUTHSTACK_CACHE` elsewhere.',
  },
  instance_down: {
    title: 'The instance does not answer',
    why: 'The part that the error names cannot be reached.',
    next: '`authstack status` says what is down; `authstack deploy` brings it back.',
  },
  java_missing: {
    title: 'There is no Java, or it is too old',
    why: 'Keycloak needs a JRE 17 or newer, on PATH or in `JAVA_HOME`.',
    next: '`apt install openjdk-17-jre-headless`, or `brew install openjdk`.',
  },
  keycloak_build_failed: {
    title: 'Keycloak could not be built',
    why: '`kc.sh build` puts our module into Keycloak once per version, and it ended with an error.',
    next: 'Check the jars in `keycloak/` and the free disk space, then run the command again.',
  },
  keycloak_home_wrong: {
    title: 'AUTHSTACK_KEYCLOAK_HOME names no Keycloak',
    why: 'There is no `bin/kc.sh` in that folder.',
    next: 'Set it to an unpacked Keycloak of the version that the error names, or unset it.',
  },
  keycloak_unavailable: {
    title: 'Keycloak could not be fetched',
    why: 'It is neither in `AUTHSTACK_KEYCLOAK_HOME` nor in the cache, and each way to fetch it failed. The error says how.',
    next: 'Check the network, or unpack it yourself and set `AUTHSTACK_KEYCLOAK_HOME`.',
  },
  link_leads_out: {
    title: 'A link leads out of the project',
    why: 'A version holds all that it runs, so that it can come back as it was. What a link outside points to would not be in it.',
    next: 'Put a copy of the file there, or leave the link out by `.gitignore`.',
  },
  lock_in_use: {
    title: 'The lock belongs to a process that lives',
    why: 'Taking it away would let two deploys change the same instance.',
    next: 'Wait, or end the other command with Ctrl-C. `authstack unlock --yes` removes the lock all the same.',
  },
  locked: {
    title: 'Another command is at work on this instance',
    why: 'Deploys and rollbacks of one instance go one after the other. The error says who began when.',
    next: 'Wait until it ends. If you are sure that it hangs: `authstack unlock`.',
  },
  log_unknown: {
    title: 'There is no such log',
    why: 'Each part has a log by its name, once it was started.',
    next: '`authstack logs` shows all of them.',
  },
  mail_domain_faulty: {
    title: 'The mail was sent, and may be taken for spam',
    why: "SPF, DKIM or DMARC of the sender's domain is missing or wrong, so receivers cannot tell your mails from a stranger's.",
    next: 'The error names each record and what it should say. Whoever runs the DNS of the domain sets it.',
  },
  mail_not_sent: {
    title: 'The mail was not sent',
    why: 'The provider of `mail` in the settings refused it, or could not be reached. Its words are in the error, never the key.',
    next: 'For a wrong key: `authstack secrets set NAME`. For an unknown sender: verify the domain at the provider.',
  },
  never_deployed: {
    title: 'This environment was never deployed',
    why: 'There is no version to go back to.',
    next: '`authstack deploy`.',
  },
  no_free_ports: {
    title: 'There are no free ports',
    why: 'An instance needs a few free ports on loopback; every one of the range in the error is in use, or kept by another instance, also one that is stopped.',
    next: 'Set `AUTHSTACK_PORT_BASE` to where a free range begins (4310 otherwise, up to 9990), then run the command again.',
  },
  no_version_before: {
    title: 'There is no version before this one',
    why: 'Nothing else has served here.',
    next: '`authstack deploy` makes the next version.',
  },
  not_deployed: {
    title: 'Nothing is deployed there yet',
    why: 'The project has no instance on this computer for that environment.',
    next: '`authstack deploy`. If it was deployed by another user, run the command as that user.',
  },
  not_in_git: {
    title: 'The project is not in a git repository',
    why: 'A version is packaged from what git tracks and does not ignore.',
    next: '`git init`, add the files and commit them.',
  },
  operator_refused: {
    title: 'Keycloak gave no operator token',
    why: 'The client `authstack-cli` in the realm of operators was changed, or its secret was.',
    next: '`authstack deploy` sets it up again.',
  },
  operator_secret_unreadable: {
    title: 'You are not an operator of this instance',
    why: "The operator's secret lies in a file that only the user who deployed can read.",
    next: 'Run the command as that user.',
  },
  packaging_failed: {
    title: 'The version could not be packaged',
    why: 'npm failed while it installed the packages or built the pages; its last lines are in the error. The version before goes on serving.',
    next: 'Run the npm command that the error names in the project, and put it right.',
  },
  path_too_long: {
    title: 'The path is too long for a socket',
    why: 'Linux allows about 100 bytes for the path of a unix socket, and the state of the instance lies too deep.',
    next: 'Set `AUTHSTACK_HOME` to a shorter folder.',
  },
  port_fixed: {
    title: 'The port of an instance does not change',
    why: 'Every token that was issued names the address, so another port would sign everybody out and break each connected app.',
    next: 'Put the old port (or `null`) back into `environments`.',
  },
  port_taken: {
    title: 'The port is taken',
    why: "Another program listens on the instance's port, and the address of an instance does not change.",
    next: 'End that program (`lsof -i :<port>` says which it is), then run the command again.',
  },
  postgres_missing: {
    title: 'There is no PostgreSQL for this computer',
    why: 'It comes as an npm package per platform, which is not installed here. `--omit=optional` leaves it out.',
    next: 'Install the CLI again without `--omit=optional`; `authstack doctor` says more.',
  },
  preflight_failed: {
    title: 'Several things are in the way of a deploy',
    why: 'They were found before anything was changed, and the error lists each with its next step.',
    next: 'Put them right, then deploy. `authstack doctor` checks them without a deploy.',
  },
  project_incomplete: {
    title: 'The project lacks files',
    why: 'Something that every version needs is not in the working tree.',
    next: 'Bring it back: `git checkout -- .`, or `git status` to see what is gone.',
  },
  redis_missing: {
    title: 'There is no Redis or Valkey',
    why: 'Neither `redis-server` nor `valkey-server` is on PATH, and none could be fetched.',
    next: '`apt install redis-server`, or `brew install valkey`.',
  },
  rolled_back: {
    title: 'The new version did not become live',
    why: 'It did not start, or did not answer. The version before it serves as if nothing had happened; what was added to the databases stays.',
    next: 'Read why in the error and in `authstack logs api`, put it right, and deploy again.',
  },
  service_failed: {
    title: 'A part did not start',
    why: 'PostgreSQL, Redis, Keycloak, the mailbox, the front or the API ended or did not become ready in time. The last lines of its log are in the error.',
    next: '`authstack logs <part>` shows the rest. Then run the same command again.',
  },
  target_unsupported: {
    title: 'The target of the environment is not built yet',
    why: 'This version deploys to this computer only (`target: local`).',
    next: 'Use an environment whose target is `local`.',
  },
  task_failed: {
    title: 'A task of the new version failed',
    why: "Migrating, bringing Keycloak to the settings, or another of the project's own tasks ended with an error. Its last lines are in the message.",
    next: 'Put it right in the project and run the command again; `authstack logs <task>` shows the whole.',
  },
  unhealthy: {
    title: 'The new version does not answer through the front',
    why: 'After the switch, `/readyz` on the public address did not answer 200.',
    next: '`authstack logs api` and `authstack logs front`.',
  },
  version_is_live: {
    title: 'That version serves already',
    why: 'There is nothing to roll back.',
    next: '`authstack history` shows the versions before it.',
  },
  version_never_live: {
    title: 'That version never served',
    why: 'Its deploy failed, so it was never proved to work.',
    next: '`authstack history` shows which versions served.',
  },
  version_unknown: {
    title: 'There is no such version',
    why: 'It is mistyped, or no longer kept on this computer.',
    next: '`authstack history` lists the versions and says which are kept.',
  },
}
