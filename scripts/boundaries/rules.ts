/** A door: what only some files may use. Everything else goes through them. */
export type DoorRule = {
  name: string
  /** The rule is for files under these folders. */
  within: string[]
  /** Packages (with their subpaths) that may be imported, but for types, only by `doors`. */
  packages?: string[]
  /** `process.env` may be read only by `doors`. */
  environment?: boolean
  /** `fetch` may be used only by `doors`. */
  fetch?: boolean
  /** Files or folders (with a closing slash) that are the door. */
  doors: string[]
}

/** Our folders. None imports another: they meet over HTTP, as files, as packed tarballs, as spawned commands. */
export const folders = ['cli', 'react', 'scripts', 'templates/auth-server', 'templates/react-app']

const server = 'templates/auth-server/src/'

export const doorRules: DoorRule[] = [
  {
    name: 'only src/db talks to PostgreSQL',
    within: [server],
    packages: ['pg', 'knex'],
    doors: [`${server}db/`],
  },
  {
    name: 'only src/keycloak talks to Keycloak',
    within: [server],
    packages: ['@keycloak/keycloak-admin-client', 'keycloak-connect'],
    doors: [`${server}keycloak/`],
  },
  {
    name: 'only src/redis.ts opens Redis',
    within: [server],
    packages: ['ioredis'],
    doors: [`${server}redis.ts`],
  },
  {
    name: 'only src/dns.ts, and the door of webhooks for the address behind a URL, ask the DNS',
    within: [server],
    packages: ['node:dns', 'dns'],
    doors: [`${server}dns.ts`, `${server}webhooks/find-address.ts`],
  },
  {
    name: 'only src/mail sends mail',
    within: [server],
    packages: ['nodemailer', 'aws4fetch'],
    doors: [`${server}mail/`],
  },
  {
    name: 'only src/outbox opens BullMQ',
    within: [server],
    packages: ['bullmq'],
    doors: [`${server}outbox/`],
  },
  {
    // So that no URL of a customer's is called without the checks of src/webhooks (private addresses,
    // redirects, size, time): Keycloak and the mail providers are addresses of ours.
    name: "only src/webhooks calls customers' URLs; nobody but it, src/keycloak and src/mail calls out",
    within: [server],
    packages: ['node:https', 'https', 'undici'],
    fetch: true,
    doors: [`${server}webhooks/`, `${server}keycloak/`, `${server}mail/`],
  },
  {
    name: 'only src/subscriptions/stripe.ts talks to Stripe',
    within: [server],
    packages: ['stripe'],
    doors: [`${server}subscriptions/stripe.ts`],
  },
  {
    name: 'only src/country.ts knows where an address is',
    within: [server],
    packages: ['mmdb-lib', '@ip-location-db/geo-whois-asn-country-mmdb'],
    doors: [`${server}country.ts`],
  },
  {
    name: 'only src/env.ts reads the environment of the server',
    within: [server],
    environment: true,
    doors: [`${server}env.ts`],
  },
  {
    name: 'only server/env.ts reads the environment of the sample app',
    within: ['templates/react-app/'],
    environment: true,
    doors: ['templates/react-app/server/env.ts'],
  },
  {
    name: 'the core of @authstack/react knows no React',
    within: ['react/src/core/', 'react/src/server/'],
    packages: ['react', 'react-dom'],
    doors: [],
  },
  {
    name: 'only the server entry of @authstack/react uses Express',
    within: ['react/src/'],
    packages: ['express'],
    doors: ['react/src/server/'],
  },
  {
    name: 'the CLI starts programs only in child, local, machine, release and to open a browser',
    within: ['cli/src/'],
    packages: ['node:child_process', 'child_process', 'execa'],
    doors: [
      'cli/src/child/',
      'cli/src/local/',
      'cli/src/machine/',
      'cli/src/release/',
      'cli/src/open-in-browser.ts',
    ],
  },
]
