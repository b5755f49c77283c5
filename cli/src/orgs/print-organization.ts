import { relativeDate } from '../output/dates.ts'
import { facts } from '../output/facts.ts'
import type { Output } from '../output/output.ts'
import type { OrganizationDetails } from './orgs.ts'

/** Who it is, what it may do, why, and how much of it is used. */
export function printOrganization(output: Output, organization: OrganizationDetails): void {
  const { overrides } = organization
  const lines = facts(output.style, [
    ['Name', organization.name],
    ['Slug', organization.slug],
    ['State', organization.status],
    ['Members', organization.members],
    ['Plan', planLine(organization)],
    ['Paid until', organization.paidUntil?.slice(0, 10)],
    ['Wished plan', organization.pendingPlan],
    ['Features', organization.features.map((name) => feature(name, overrides.features)).join(', ')],
    ['Denied', denied(overrides.features).join(', ')],
    ['Created', relativeDate(organization.createdAt)],
    ['Id', organization.id],
  ])
  for (const line of lines) output.data(line)
  output.data('')
  output.table(
    [
      { title: 'LIMIT', value: ({ name }) => name },
      { title: 'USED', value: ({ used }) => used, align: 'right' },
      { title: 'OF', value: ({ max }) => max ?? 'unlimited', align: 'right' },
      { title: 'SET BY', value: ({ setBy }) => setBy, dropOrder: 1 },
    ],
    limitRows(organization),
  )
}

function planLine({ plan, overrides, subscriptionStatus }: OrganizationDetails): string {
  if (overrides.plan) return `${plan} (given by an operator)`
  return subscriptionStatus === 'none' ? String(plan) : `${plan} (${subscriptionStatus})`
}

function feature(name: string, given: Record<string, boolean>): string {
  return given[name] ? `${name} (given by an operator)` : name
}

function denied(given: Record<string, boolean>): string[] {
  return Object.keys(given).filter((name) => given[name] === false)
}

function limitRows({ limits, usage, overrides }: OrganizationDetails) {
  return Object.entries(limits).map(([name, max]) => ({
    name,
    max,
    // What only the project itself counts, we do not know.
    used: usage[name] ?? null,
    setBy: Object.hasOwn(overrides.limits, name) ? 'operator' : 'plan',
  }))
}
