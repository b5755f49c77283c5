import { z } from 'zod'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { createImported } from './create-imported.ts'
import { findKnownUsers } from './find-known-users.ts'
import {
  IMPORT_MAX,
  type ImportedPerson,
  type ImportResult,
  importedPersonInput,
  importResult,
  type PasswordOutcome,
} from './import-input.ts'
import { joinOrganizations } from './join-organizations.ts'
import { type Decision, isUnproved, planImport } from './plan-import.ts'
import { updateImported } from './update-imported.ts'

/**
 * Takes people over from another system, with password hashes that Keycloak or our module verifies.
 * Sending the same people again is harmless. With `dryRun` it only says what would happen.
 */
export const importUsers = defineAction<OperatorContext>()({
  id: 'operatorImportUsers',
  summary: 'Take people over from another system',
  problems: ['conflict'],
  query: modeQuery,
  body: z.strictObject({
    users: z.array(importedPersonInput).min(1).max(IMPORT_MAX),
    onConflict: z.enum(['skip', 'update', 'fail']).default('skip'),
    dryRun: z.boolean().default(false),
  }),
  output: z.object({ results: z.array(importResult) }),
  async run(context, { body }) {
    const { services, mode } = context
    const known = await findKnownUsers(services.db, mode, addressesOf(body.users))
    const decisions = planImport(services.settings, body.users, known, body.onConflict)
    const ids = new Map<number, string>()
    const conflicts = new Map<number, 'exists' | 'hub_conflict'>()
    if (!body.dryRun) {
      const created = await createImported(context, peopleOf(decisions, 'create'))
      for (const { person, userId, fault } of created) {
        if (fault) conflicts.set(person.index, fault)
        else if (userId) ids.set(person.index, userId)
      }
      await updateImported(context, peopleOf(decisions, 'update'))
    }
    for (const decision of decisions) {
      if (decision.verb === 'fail' || !decision.person.known) continue
      ids.set(decision.person.index, decision.person.known.id)
    }
    const results = decisions.map((decision) => resultOf(decision, ids, conflicts))
    await joinOrganizations(context, decisions, results, body.dryRun)
    return { results }
  },
})

const addressesOf = (users: ImportedPerson[]) =>
  users.map((user) => user.email.trim().toLowerCase())

const peopleOf = (decisions: Decision[], verb: 'create' | 'update') =>
  decisions.flatMap((decision) => (decision.verb === verb ? [decision.person] : []))

const outcomes = { create: 'created', update: 'updated', skip: 'skipped' } as const

const conflictWords = {
  exists: 'Somebody signed up with this address at this moment',
  hub_conflict: 'Keycloak holds this address under another name; authstack doctor looks into it',
}

function resultOf(
  decision: Decision,
  ids: Map<number, string>,
  conflicts: Map<number, 'exists' | 'hub_conflict'>,
): ImportResult {
  if (decision.verb === 'fail') {
    const { password, code, detail } = decision
    return { outcome: 'failed', userId: null, password, fault: { code, detail }, joined: false }
  }
  const { index } = decision.person
  const code = conflicts.get(index)
  if (code) {
    const fault = { code, detail: conflictWords[code] }
    return { outcome: 'failed', userId: null, password: 'none', fault, joined: false }
  }
  return {
    outcome: outcomes[decision.verb],
    userId: ids.get(index) ?? null,
    password: passwordOf(decision),
    fault: null,
    joined: false,
  }
}

function passwordOf({ verb, person }: Exclude<Decision, { verb: 'fail' }>): PasswordOutcome {
  if (verb === 'skip') return 'none'
  const isTakenOver = person.emailVerified && isUnproved(person)
  const isChosenHere = (person.known?.password_version ?? 0) > 0 && !isTakenOver
  return isChosenHere && person.passwordOutcome === 'kept' ? 'chosen_here' : person.passwordOutcome
}
