import {
  type AuthRequest,
  requireAuth,
  requireOrganization,
  requirePermission,
  type Verifier,
} from '@authstack/react/server'
import express, { type Request, Router } from 'express'
import { Problem } from '../problem.ts'
import { parseProjectName } from './parse-project-name.ts'
import type { ProjectStore } from './project-store.ts'

/**
 * `/api/projects`: who may do what is said on each line. The organization comes from the verified token
 * and from nowhere else, so a caller cannot name another one.
 */
export function projectRoutes(store: ProjectStore, verifier: Verifier): Router {
  const router = Router()
  router.use(requireAuth(verifier), requireOrganization())
  router.use(express.json({ limit: '16kb' }))

  router.get('/', requirePermission('projects:view'), (request, response) => {
    response.json({ data: store.list(caller(request).organizationId) })
  })

  router.post('/', requirePermission('projects:create'), (request, response) => {
    const { organizationId, userId } = caller(request)
    const name = parseProjectName(request.body)
    response.status(201).json(store.create(organizationId, { name, createdBy: userId }))
  })

  router.patch('/:projectId', requirePermission('projects:edit'), (request, response) => {
    const { organizationId } = caller(request)
    const name = parseProjectName(request.body)
    const project = store.rename(organizationId, String(request.params.projectId), name)
    // The same answer for an id of another organization and for one that never was.
    if (!project) throw notFound()
    response.json(project)
  })

  router.delete('/:projectId', requirePermission('projects:delete'), (request, response) => {
    const { organizationId } = caller(request)
    if (!store.remove(organizationId, String(request.params.projectId))) throw notFound()
    response.status(204).end()
  })

  return router
}

const notFound = () => new Problem(404, 'not_found', 'There is no such project.')

/** What the guards above have proved. Reached without them, it fails rather than guesses. */
function caller(request: Request): { organizationId: string; userId: string } {
  const { auth } = request as AuthRequest
  if (!auth) throw new Error('a project route was reached without requireAuth')
  return auth
}
