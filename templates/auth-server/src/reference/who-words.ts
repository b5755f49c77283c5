/** Who may call, in words that a reader of the page understands; from `x-authstack-who`. */
export function whoWords(who: Record<string, unknown>): string {
  const fresh = who.freshMinutes ? `, signed in within ${who.freshMinutes} minutes` : ''
  switch (who.kind) {
    case 'everyone':
      return 'Anybody, without a key'
    case 'key':
      return who.issuesSession
        ? 'An app with its API key; a key of delivery "bff" through its backend'
        : 'An app with its API key'
    case 'user':
      return `A signed-in person${
        who.session === 'hub' ? ', not through an organization’s SSO' : ''
      }${fresh}`
    case 'member': {
      const permission = who.permission ? ` with the permission ${who.permission}` : ''
      const machine = who.machines ? ', or a machine key of it' : ''
      return `A member of the organization${machine}${permission}${fresh}`
    }
    case 'secret':
      return `A server with a secret key of the scope ${who.scope}`
    default:
      return String(who.kind)
  }
}
