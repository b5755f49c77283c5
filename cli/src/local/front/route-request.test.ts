import { describe, expect, it } from 'vitest'
import { routeRequest } from './route-request.ts'

const realms = ['live-accounts', 'test-accounts', 'live-org-2b1c9d3e-0000-4000-8000-000000000001']

/** Every path Keycloak serves below a realm, and whether the world may reach it. */
const belowRealm: [string, 'keycloak' | 'refused'][] = [
  ['/broker/google/login', 'keycloak'],
  ['/broker/google/endpoint?code=1', 'keycloak'],
  ['/broker/after-first-broker-login', 'keycloak'],
  ['/login-actions/first-broker-login', 'keycloak'],
  ['/login-actions/authenticate', 'keycloak'],
  ['/.well-known/openid-configuration', 'keycloak'],
  ['/protocol/openid-connect/auth?client_id=x', 'keycloak'],
  ['/protocol/openid-connect/certs', 'keycloak'],
  ['/protocol/saml', 'keycloak'],
  ['/protocol/saml/descriptor', 'keycloak'],
  ['', 'refused'],
  ['/', 'refused'],
  ['/account', 'refused'],
  ['/account/', 'refused'],
  ['/account/applications', 'refused'],
  ['/broker', 'refused'],
  ['/broker/', 'refused'],
  ['/protocol/openid-connect/token', 'refused'],
  ['/protocol/openid-connect/token/introspect', 'refused'],
  ['/protocol/openid-connect/userinfo', 'refused'],
  ['/protocol/openid-connect/logout', 'refused'],
  ['/protocol/openid-connect/revoke', 'refused'],
  ['/protocol/openid-connect/registrations', 'refused'],
  ['/protocol/openid-connect/auth/device', 'refused'],
  ['/protocol/openid-connect/ext/ciba/auth', 'refused'],
  ['/protocol/openid-connect/ext/par/request', 'refused'],
  ['/protocol/openid-connect/login-status-iframe.html', 'refused'],
  ['/protocol/openid-connect/3p-cookies/step1.html', 'refused'],
  ['/protocol/docker-v2/auth', 'refused'],
  ['/protocol/samlx', 'refused'],
  ['/clients-registrations/openid-connect', 'refused'],
  ['/clients-registrations/default', 'refused'],
  ['/client-registration', 'refused'],
  ['/clients/account/redirect', 'refused'],
  ['/authz/protection/resource_set', 'refused'],
  ['/user-profile', 'refused'],
  ['/metrics', 'refused'],
]

describe('the front’s allow-list', () => {
  for (const realm of realms) {
    it(`lets through of ${realm} only what is listed`, () => {
      for (const [path, route] of belowRealm) {
        expect([path, routeRequest(`/realms/${realm}${path}`)]).toEqual([path, route])
      }
    })
  }

  it('lets nothing of the realms master and operators through', () => {
    for (const realm of ['master', 'operators', 'MASTER', 'Operators']) {
      for (const [path] of belowRealm) {
        expect(routeRequest(`/realms/${realm}${path}`)).toBe('refused')
      }
    }
  })

  it('refuses what is Keycloak’s own outside of realms', () => {
    const paths = ['/admin', '/admin/master/console/', '/admin/realms', '/js/keycloak.js', '/js']
    const others = ['/metrics', '/health', '/health/ready', '/realms', '/realms/', '/resources']
    for (const path of [...paths, ...others])
      expect([path, routeRequest(path)]).toEqual([path, 'refused'])
    expect(routeRequest('/resources/abc12/common/keycloak/logo.svg')).toBe('keycloak')
  })

  it('refuses every disguise of a closed path', () => {
    const disguises = [
      '/realms/live-accounts/broker/../protocol/openid-connect/token',
      '/realms/live-accounts/broker/..%2fprotocol/openid-connect/token',
      '/realms/live-accounts/broker/%2e%2e/account',
      '/realms/live-accounts/broker/%252e%252e/account',
      '/resources/../admin/realms',
      '/resources/%2e%2e/admin/realms',
      '/resources/..\\admin\\realms',
      '//realms/master/broker/x/login',
      '/./realms/master/account',
      '/realms//master/account',
      '/realms/live-accounts;x=/broker/a/login',
      '/realms/%6daster/broker/x/login',
      '/Realms/live-accounts/account',
      '/%61dmin/realms',
      '/x/../admin/realms',
      '/api/v1/../../admin/realms',
      '/realms/live-accounts/broker/a%00/login',
    ]
    for (const path of disguises) expect([path, routeRequest(path)]).toEqual([path, 'refused'])
  })

  it('sends the rest to the API', () => {
    const paths = ['/', '/login', '/api/v1/me', '/api/v1/issuers/x/jwks.json', '/livez', '/readyz']
    for (const path of [...paths, '/administrator', '/test/login?x=/realms/master', '/%zz']) {
      expect([path, routeRequest(path)]).toEqual([path, 'api'])
    }
  })
})
