/** Who the demo has. Example addresses only (RFC 2606): no mail can reach a real person. */
export type DemoPerson = {
  email: string
  password: string
  firstName: string
  lastName: string
  /** Organizations this person creates and so owns. */
  creates: string[]
  /** Organizations this person is invited to, by their owner. */
  joins: { organization: string; role: string }[]
}

/**
 * Ada sees only Acme, Cleo sees only Globex, Ben sees both and may do different things in each:
 * enough to try switching, roles and isolation by hand.
 */
export const demoPeople: DemoPerson[] = [
  {
    email: 'ada@example.com',
    password: 'quiet-harbour-lantern-41',
    firstName: 'Ada',
    lastName: 'Lindqvist',
    creates: ['Acme'],
    joins: [],
  },
  {
    email: 'ben@example.com',
    password: 'copper-meadow-signal-72',
    firstName: 'Ben',
    lastName: 'Okafor',
    creates: ['Globex'],
    joins: [{ organization: 'Acme', role: 'member' }],
  },
  {
    email: 'cleo@example.org',
    password: 'velvet-orchard-compass-58',
    firstName: 'Cleo',
    lastName: 'Marsh',
    creates: [],
    joins: [{ organization: 'Globex', role: 'viewer' }],
  },
]
