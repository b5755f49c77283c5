/** What every event says of who did it. `id` is null for the system itself. */
export interface WebhookActor {
  kind: 'user' | 'operator' | 'system' | 'api_key'
  id: string | null
}

interface EventData {
  /** Null for events of the whole instance, such as a sign-in. */
  organizationId: string | null
  actor: WebhookActor
  target: { kind: string; id: string } | null
  [name: string]: unknown
}

interface MemberData extends EventData {
  organizationId: string
  /** The member: `target.id` is the user id, the `sub` of their tokens. */
  target: { kind: 'user'; id: string }
}

interface Base<Type extends string, Data> {
  /** The same at every repeat of this event. */
  id: string
  type: Type
  /** When it happened, ISO 8601. Events may come late and out of order. */
  timestamp: string
  data: Data
}

/** Events about one member of one organization. */
export type MemberEvent =
  | Base<'member.joined', MemberData & { role: string }>
  | Base<'member.role_changed', MemberData & { from: string; to: string }>
  | Base<'member.removed' | 'member.left' | 'member.suspended' | 'member.reactivated', MemberData>

/** Events about an organization itself. */
export type OrganizationEvent = Base<
  | 'organization.created'
  | 'organization.updated'
  | 'organization.deleted'
  | 'organization.restored'
  | 'organization.purged'
  | 'organization.ownership_transferred',
  EventData & { organizationId: string }
>

/** Any event; switch on `type`. A newer instance may send types that this list does not have. */
export type WebhookEvent = MemberEvent | OrganizationEvent | Base<string & {}, EventData>

/** Narrows an event to those about a member. */
export function isMemberEvent(event: WebhookEvent): event is MemberEvent {
  return event.type.startsWith('member.') && event.data.target?.kind === 'user'
}
