import type { StepDefinition } from '../output/steps.ts'
import type { DeployPlan } from './plan-deploy.ts'

/** The steps that this plan will walk, in the words that people see. */
export function stepsOf(plan: Pick<DeployPlan, 'from' | 'to' | 'isNewVersion'>): StepDefinition[] {
  const services = {
    id: 'services',
    title: 'Start PostgreSQL, Redis, mailbox and front',
    done: 'PostgreSQL, Redis, mailbox and front ready',
  }
  const keycloak = { id: 'keycloak', title: 'Start Keycloak', done: 'Keycloak ready' }
  const keys = { id: 'keys', title: 'Check API keys', done: 'API keys ready' }
  if (!plan.isNewVersion) {
    return [
      services,
      keycloak,
      { id: 'start', title: `Start ${plan.to}`, done: `${plan.to} serves` },
      keys,
    ]
  }
  return [
    { id: 'package', title: `Package ${plan.to}`, done: `${plan.to} packaged` },
    services,
    { id: 'migrate', title: 'Migrate databases', done: 'Databases migrated' },
    keycloak,
    { id: 'reconcile', title: 'Reconcile realms', done: 'Realms reconciled' },
    { id: 'start', title: `Start ${plan.to}`, done: `${plan.to} ready` },
    { id: 'switch', title: `Switch to ${plan.to}`, done: `${plan.to} serves` },
    plan.from
      ? { id: 'drain', title: `Drain ${plan.from}`, done: `${plan.from} drained` }
      : { id: 'drain', title: 'Record', done: 'Recorded' },
    keys,
  ]
}
