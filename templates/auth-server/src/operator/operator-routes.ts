import { exportTrail } from '../audit/export-trail.ts'
import { listTrailsAction } from '../audit/list-trails-action.ts'
import { operatorListEvents } from '../audit/operator-list-events.ts'
import { verifyTrailAction } from '../audit/verify-trail-action.ts'
import { operator, type Route, route } from '../http/route.ts'
import { importUsers } from '../import/import-users.ts'
import { previewMails } from '../mail/preview-mails.ts'
import { testMail } from '../mail/test-mail.ts'
import { erasePerson } from '../people/erase-person.ts'
import { exportPerson } from '../people/export-person.ts'
import { listAccess } from '../people/list-access.ts'
import { enableEndpoint } from '../webhooks/enable-endpoint.ts'
import { listDeliveries } from '../webhooks/list-deliveries.ts'
import { listEndpoints } from '../webhooks/list-endpoints.ts'
import { replayDeliveries } from '../webhooks/replay-deliveries.ts'
import { replayDelivery } from '../webhooks/replay-delivery.ts'
import { showDelivery } from '../webhooks/show-delivery.ts'
import { testEndpoint } from '../webhooks/test-endpoint.ts'
import { createKeyAction } from './create-key-action.ts'
import { createUserAction } from './create-user-action.ts'
import { getOrganization } from './get-organization.ts'
import { getStatus } from './get-status.ts'
import { listKeys } from './list-keys.ts'
import { listOrganizations } from './list-organizations.ts'
import { listUsers } from './list-users.ts'
import { restoreOrganization } from './restore-organization.ts'
import { revokeKey } from './revoke-key.ts'
import { revokeUserSessions } from './revoke-user-sessions.ts'
import { rotateKey } from './rotate-key.ts'
import { setOrganization } from './set-organization.ts'
import { showUser } from './show-user.ts'
import { unlockUser } from './unlock-user.ts'
import { updateKey } from './update-key.ts'
import { verifyUser } from './verify-user.ts'

/** The staff's routes. They exist on the operator socket only, and take `?mode=live|test`. */
export const operatorRoutes: Route[] = [
  route('GET', '/operator/v1/status', operator(), getStatus),

  route('GET', '/operator/v1/keys', operator(), listKeys),
  route('POST', '/operator/v1/keys', operator(), createKeyAction),
  route('PATCH', '/operator/v1/keys/:keyId', operator(), updateKey),
  route('POST', '/operator/v1/keys/:keyId/rotate', operator(), rotateKey),
  route('POST', '/operator/v1/keys/:keyId/revoke', operator(), revokeKey),

  route('GET', '/operator/v1/organizations', operator(), listOrganizations),
  route('GET', '/operator/v1/organizations/:idOrSlug', operator(), getOrganization),
  route('POST', '/operator/v1/organizations/:idOrSlug/restore', operator(), restoreOrganization),
  route('PATCH', '/operator/v1/organizations/:idOrSlug', operator(), setOrganization),

  route('GET', '/operator/v1/audit/trails', operator(), listTrailsAction),
  route('GET', '/operator/v1/audit/events', operator(), operatorListEvents),
  route('GET', '/operator/v1/audit/export', operator(), exportTrail),
  route('GET', '/operator/v1/audit/verify', operator(), verifyTrailAction),
  route('GET', '/operator/v1/access', operator(), listAccess),

  route('GET', '/operator/v1/webhooks', operator(), listEndpoints),
  route('GET', '/operator/v1/webhooks/deliveries', operator(), listDeliveries),
  route('GET', '/operator/v1/webhooks/deliveries/:deliveryId', operator(), showDelivery),
  route('POST', '/operator/v1/webhooks/deliveries/:deliveryId/replay', operator(), replayDelivery),
  route('POST', '/operator/v1/webhooks/replay', operator(), replayDeliveries),
  route('POST', '/operator/v1/webhooks/:endpointId/test', operator(), testEndpoint),
  route('POST', '/operator/v1/webhooks/:endpointId/enable', operator(), enableEndpoint),

  route('GET', '/operator/v1/mail/previews', operator(), previewMails),
  route('POST', '/operator/v1/mail/test', operator(), testMail),

  route('GET', '/operator/v1/users', operator(), listUsers),
  route('POST', '/operator/v1/users', operator(), createUserAction),
  route('POST', '/operator/v1/users/import', operator(), importUsers),
  route('GET', '/operator/v1/users/:idOrEmail', operator(), showUser),
  route('GET', '/operator/v1/users/:idOrEmail/export', operator(), exportPerson),
  route('POST', '/operator/v1/users/:idOrEmail/erase', operator(), erasePerson),
  route('POST', '/operator/v1/users/:idOrEmail/verify', operator(), verifyUser),
  route('POST', '/operator/v1/users/:idOrEmail/unlock', operator(), unlockUser),
  route('POST', '/operator/v1/users/:idOrEmail/revoke-sessions', operator(), revokeUserSessions),
]
