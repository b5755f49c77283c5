import type { ErrorWords } from './error-words.ts'

/** Of an error that @authstack/react gives itself; it passes on the codes of the API as they are. */
export type ReactErrorWords = ErrorWords & { title: string; fixer: 'caller' | 'user' | 'developer' }

export const reactErrorWords: Record<string, ReactErrorWords> = {
  endpoint_missing: {
    title: 'The provider has no endpoint',
    why: '`AuthStackProvider` does not know where the instance is.',
    next: 'Give it `endpoint`; `authstack status` prints the address.',
    fixer: 'developer',
  },
  invalid_answer: {
    title: 'The answer is not one of AuthStack',
    why: 'Something else answers at the endpoint, such as another server or the sign-in page of a network.',
    next: 'Open the endpoint in a browser, and compare it with what `authstack status` prints.',
    fixer: 'developer',
  },
  key_malformed: {
    title: 'The API key is missing or malformed',
    why: 'The provider takes a publishable key, which begins with `ask_`. A secret key belongs on a server.',
    next: '`authstack keys list` prints the key.',
    fixer: 'developer',
  },
  network_error: {
    title: 'The instance cannot be reached',
    why: 'No answer came: the network is down, the instance is, or its answer does not allow this origin.',
    next: 'Try again. A developer looks into the browser console for a refusal of CORS, and adds the origin to the key.',
    fixer: 'user',
  },
  organization_missing: {
    title: 'No organization is selected',
    why: 'The call is about the current organization, and this tab has none.',
    next: 'Call `switchOrganization`, or show `OrganizationSwitcher` first.',
    fixer: 'developer',
  },
  provider_missing: {
    title: 'There is no provider',
    why: 'A hook or component of `@authstack/react` is used outside of `AuthStackProvider`.',
    next: 'Wrap this part of the app in it.',
    fixer: 'developer',
  },
  redirect_issuer: {
    title: 'The answer came from another sign-in server',
    why: 'Its `iss` is not the instance that was asked. It is refused, because a code of a foreign server could sign somebody in as another person.',
    next: 'Start the sign-in again. If it stays, compare the `endpoint` of the provider with what `authstack status` prints.',
    fixer: 'developer',
  },
  redirect_state: {
    title: 'This sign-in was not started in this tab',
    why: 'The callback has a `state` that this tab did not make, or it was used. Accepting it would let a stranger sign somebody in as themselves.',
    next: 'Start the sign-in again.',
    fixer: 'user',
  },
  timeout: {
    title: 'The instance did not answer in time',
    why: 'The network is slow, or the instance is overloaded.',
    next: 'Try again.',
    fixer: 'user',
  },
  token_expired: {
    title: 'The access token has expired',
    why: 'The verifier of `@authstack/react/server` got a token whose time is over. Tokens live five minutes.',
    next: 'Call `getToken()` for each request instead of keeping a token; it gives a fresh one.',
    fixer: 'caller',
  },
  unexpected: {
    title: 'Something else failed',
    why: 'An error that is not of this package, such as one thrown by a callback. It stands in `cause`.',
    next: 'Look at `cause`.',
    fixer: 'developer',
  },
  webhook_body_invalid: {
    title: 'The body of a webhook is no event',
    why: 'It is signed by your secret, and yet no JSON object with `type`, `timestamp` and `data`: something else signs with this secret.',
    next: 'Answer 400. Give each sender a secret of its own.',
    fixer: 'developer',
  },
  webhook_incomplete: {
    title: 'A webhook lacks its headers',
    why: '`webhook-id`, `webhook-timestamp` or `webhook-signature` is not there: the request is not from the instance, or a proxy dropped them.',
    next: 'Answer 400. If the instance sent it, let the proxy pass all headers on.',
    fixer: 'developer',
  },
  webhook_signature_wrong: {
    title: 'No signature of a webhook fits',
    why: 'The body was changed, or parsed and written again before it was checked, or the secret is another one.',
    next: 'Answer 400. Check the raw bytes: `express.raw()` before any JSON parser. While you change the secret, give both.',
    fixer: 'developer',
  },
  webhook_too_old: {
    title: 'A webhook was sent too long ago',
    why: 'Its time is more than five minutes from now: somebody sends a recorded one again, or the clock of one machine is wrong.',
    next: 'Answer 400. Set the clocks by NTP; `toleranceSeconds` widens the window.',
    fixer: 'developer',
  },
}
