import { writeFileSync } from 'node:fs'
import { buildOpenApi } from '../http/openapi.ts'
import { routes } from '../routes.ts'

const target = new URL('../../openapi.json', import.meta.url)
writeFileSync(target, `${JSON.stringify(buildOpenApi(routes), null, 2)}\n`)
