import path from 'node:path'
import { bff, type Verifier } from '@authstack/react/server'
import express, { type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import type { Env } from './env.ts'
import type { MemberStore } from './members/member-store.ts'
import { createMemberSync } from './members/member-sync.ts'
import { membersOf } from './members/read-members.ts'
import { webhookRoute } from './members/webhook-route.ts'
import { answerProblem, sendProblem } from './problem.ts'
import { projectRoutes } from './projects/project-routes.ts'
import type { ProjectStore } from './projects/project-store.ts'

/** The whole backend. `client` answers every page request: the built files, or Vite in development. */
export function createApp(parts: {
  env: Env
  store: ProjectStore
  /** This app's copy of members, kept by webhooks when both secrets are set. */
  members?: MemberStore
  verifier: Verifier
  client: RequestHandler[]
  isProduction: boolean
}): Express {
  const { env, store, members, verifier, client, isProduction } = parts
  const app = express()
  app.disable('x-powered-by')
  if (isProduction) app.use(securityHeaders(env))

  // Read at run time, so that one build of the client serves any instance. Both values are public.
  app.get('/config.json', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ apiKey: env.apiKey, endpoint: env.endpoint })
  })

  if (env.secretKey) {
    app.use(
      '/api/authstack',
      bff({
        endpoint: env.backendEndpoint,
        apiKey: env.apiKey,
        secretKey: env.secretKey,
        origins: [env.appOrigin],
      }),
    )
  }
  if (members && env.webhookSecret && env.secretKey) {
    const read = membersOf({ endpoint: env.backendEndpoint, secretKey: env.secretKey })
    const sync = createMemberSync(members, read)
    app.use(
      '/api/webhooks/authstack',
      webhookRoute({ secret: env.webhookSecret, store: members, sync }),
    )
  }
  app.use('/api/projects', projectRoutes(store, verifier))
  app.use('/api', (_request, response) => {
    sendProblem(response, 404, 'not_found', 'There is no such address.')
  })

  for (const handler of client) app.use(handler)
  app.use(answerProblem)
  return app
}

/** Serves the built client; every other path is a page of the client's router. */
export function builtClient(distDir: string): RequestHandler[] {
  const assets = express.static(distDir, {
    index: false,
    setHeaders: (response, file) => {
      // Vite puts a content hash in these names, so they never change.
      if (file.includes(`${path.sep}assets${path.sep}`)) {
        response.setHeader('Cache-Control', 'public, max-age=31536000, immutable')
      }
    },
  })
  const page: RequestHandler = (request, response, next) => {
    if (request.method !== 'GET' || path.extname(request.path)) return next()
    // By `root`: of an absolute path Express refuses every folder that begins with a dot, so an app
    // kept below `~/.local` or `.demo` would have no pages.
    response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: distDir })
  }
  return [assets, page]
}

// The browser talks to this app and to the instance, and to nobody else.
const securityHeaders = (env: Env) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        connectSrc: ["'self'", new URL(env.endpoint).origin],
        imgSrc: ["'self'", 'data:', 'https:', new URL(env.endpoint).origin],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // The app may be served by plain http on this computer; the proxy in front of it sets HSTS.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  })
