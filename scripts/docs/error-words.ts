/** What a reader of docs/errors/<code>.md is told beside the registry's own status, title and fixer. */
export type ErrorWords = {
  /** When it is answered, and if that matters, why it is so. */
  why: string
  /** The next step, for whoever can take it. */
  next: string
}

export const errorWords: Record<string, ErrorWords> = {
  invalid_request: {
    why: 'A field is missing, has the wrong type, is out of bounds, or is not known here. Unknown fields are refused, not ignored, so a misspelt field cannot pass unseen.',
    next: 'Read `errors[]`: each entry has a JSON pointer to the field and says what it must be.',
  },
  invalid_json: {
    why: 'The body is not JSON, or its outermost value is not an object.',
    next: 'Send one JSON object with `Content-Type: application/json`.',
  },
  body_too_large: {
    why: 'The body is larger than this route reads. It was refused before it was parsed.',
    next: 'Send less. Pictures are given by URL, never in a body.',
  },
  unsupported_media_type: {
    why: 'The body came with another content type. Only `application/json` is read, because a browser asks permission (CORS preflight) before it sends that to another origin.',
    next: 'Set `Content-Type: application/json`.',
  },
  key_required: {
    why: 'The request has no `X-AuthStack-Key` header. The key chooses the instance and the mode.',
    next: 'Send the key. `authstack keys list` shows it.',
  },
  key_invalid: {
    why: 'The key is unknown here, revoked, expired, or was mistyped (its last six characters are a checksum).',
    next: 'Compare it with `authstack keys list`; make another with `authstack keys create`.',
  },
  scope_required: {
    why: 'A secret key acts only within the scopes it was made with.',
    next: 'Make a key with that scope: `authstack keys create --kind secret --scope <scope>`.',
  },
  origin_not_allowed: {
    why: 'A browser key works only from the origins in its list, compared exactly (scheme, host, port). A secret key works from no browser at all.',
    next: 'Add the origin to the key or to `allowedOrigins` in `authstack.config.ts`, then deploy.',
  },
  bff_required: {
    why: "Sessions of this key are held by the app's own backend, so routes that issue one demand the backend's secret key. Without that, script on any page of that origin could take a refresh token.",
    next: 'Mount `bff()` of `@authstack/react/server` in the backend, or use a key with another session delivery.',
  },
  token_required: {
    why: 'The route acts for a signed-in user and the request has no `Authorization: Bearer` header.',
    next: 'Sign in, or refresh, and send the access token.',
  },
  token_invalid: {
    why: "The access token is expired, was issued for another organization, mode or audience, or its signature is not its realm's.",
    next: 'Refresh once and try again. An app token (`auth/app-token`) is for your own backend and is refused here.',
  },
  session_revoked: {
    why: 'The session was ended: by sign-out, by a password reset, by an administrator, or because its refresh token was used twice.',
    next: 'Sign in again.',
  },
  invalid_credentials: {
    why: 'The address is unknown, the password is wrong, or the account is locked. The answer is the same for all three, so that nobody learns which addresses have an account.',
    next: 'Try again, or reset the password. An operator may look: `authstack users show <email>`.',
  },
  email_not_verified: {
    why: 'The password was right, and the settings ask for a verified address. This is told only after the right password.',
    next: 'Follow the link in the mail, or have it sent again: `POST auth/verify-email/resend`.',
  },
  too_many_attempts: {
    why: 'Too many sign-ins failed for this address or from this place. The limit is `security.loginThrottle` in the settings.',
    next: 'Wait as long as `Retry-After` says, or have an operator run `authstack users unlock <email>`.',
  },
  refresh_invalid: {
    why: 'The refresh token is unknown, expired, or belongs to another key.',
    next: 'Sign in again.',
  },
  refresh_reused: {
    why: 'A refresh token that had been replaced more than 30 seconds ago was used again. Two parties hold it, so the whole session was ended. Within 30 seconds the same successor is given, so a lost answer signs nobody out.',
    next: 'Sign in again. If it happens often, look for a client that refreshes from two places with one stored token.',
  },
  code_invalid: {
    why: 'The code was used before, is older than 60 seconds, or does not fit the key, the redirect URI or the PKCE verifier it was made for.',
    next: 'Start the sign-in again. Each code is good for one exchange.',
  },
  step_up_required: {
    why: 'The action is dangerous and the last sign-in is too long ago, or the organization asks for more than was proved.',
    next: 'Sign in again; `methods` says by what.',
  },
  permission_denied: {
    why: 'You are a member, but your role lacks the permission. (Someone who is no member gets `not_found`.)',
    next: 'Ask an owner or admin of the organization for a role that has it.',
  },
  signup_disabled: {
    why: '`signup.enabled` is false in the settings. Invited people can still join.',
    next: 'Ask for an invitation, or switch sign-up on and deploy.',
  },
  not_found: {
    why: 'There is no such thing, or it belongs to an organization you are no member of. Both get this same answer, so that nobody can find out what exists.',
    next: 'Check the id, and that `X-Tenant-ID`, the path and the token name the same organization.',
  },
  method_not_allowed: {
    why: 'The path exists, but not with this method.',
    next: 'Use one of the methods in the `Allow` header.',
  },
  conflict: {
    why: 'What you want to make is there already, or changed since you read it.',
    next: 'Read it again and decide.',
  },
  domain_not_verified: {
    why: 'The TXT record of the claim was not found in the DNS, or something was asked of a domain that is only claimed. Nobody joins an organization by a domain that it has not proved.',
    next: 'Put the `record` of the answer into the DNS of the domain, wait until it is seen (minutes to an hour), and verify again. Leave it there: it is looked for every day.',
  },
  slug_taken: {
    why: 'Another organization has this slug. Slugs are unique within a mode.',
    next: 'Choose another, or leave `slug` out and one is made from the name.',
  },
  last_owner: {
    why: 'The change would leave the organization without an owner, and then nobody could manage it.',
    next: 'Make another member owner first.',
  },
  limit_reached: {
    why: "A limit of the organization's plan, or of how many organizations one person may create, is reached. `limit` names it (as in the plan's `limits`, or `organizations`) and `max` says how high it is. What is beyond a limit after a change to a smaller plan stays; only nothing more is let in.",
    next: 'Remove what is no longer needed, or move to a larger plan. An operator may raise it for one organization: `authstack orgs set <org> --limit <name>=<number>`.',
  },
  billing_off: {
    why: 'The settings of the instance name no payment provider, so nothing can be bought there.',
    next: "Set `billing: { provider: 'stripe' }` in `authstack.config.ts` and the two secrets (see the guide, Plans and billing), then deploy. Without a provider, operators give plans: `authstack orgs set <org> --plan <id>`.",
  },
  feature_not_in_plan: {
    why: "The organization's plan does not list the feature that `feature` names, and no operator granted it.",
    next: 'Move to a plan that has it. An operator may grant it to one organization: `authstack orgs set <org> --feature <name>=on`.',
  },
  instance_full: {
    why: 'The instance holds as many organizations as `organizations.max` allows. Each costs memory for as long as it lives, so the number is bounded.',
    next: 'Raise `organizations.max` if the machine has room, then deploy.',
  },
  idempotency_mismatch: {
    why: 'The same `Idempotency-Key` came before with another body or route.',
    next: 'Use a new key for a new request; repeat a key only to repeat the very same request.',
  },
  link_invalid: {
    why: 'The link of a mail was used, is too old, was replaced by a newer one, or was mistyped.',
    next: 'Ask for a new mail. An invitation can be sent again by who sent it.',
  },
  invitation_for_another_address: {
    why: 'An invitation is for one address, and you are signed in with another. A forwarded invitation therefore lets nobody in.',
    next: 'Sign in as the invited address, or ask for an invitation to yours.',
  },
  invalid_password: {
    why: 'The password is shorter than `passwordPolicy.minLength`, or longer than 72 bytes. bcrypt reads 72 bytes, and a longer one is refused, not cut.',
    next: 'Choose another; `errors[]` says which rule it breaks.',
  },
  rate_limited: {
    why: 'Too many requests came with this key, from this address, or for this person.',
    next: 'Wait as long as `Retry-After` says.',
  },
  unavailable: {
    why: 'PostgreSQL or Keycloak does not answer. Nothing was changed, and no token was used up.',
    next: 'Try again after `Retry-After`. The operator: `authstack status` says what is down, `authstack logs` why.',
  },
  internal: {
    why: 'A fault of ours. The cause is in the log under the `requestId` of the answer, and is never sent.',
    next: 'Give the `requestId` to the operator: `authstack logs` has the line.',
  },
}
