import { writeFileSync } from 'node:fs'
import { clientFile, freshClient } from './fresh-client.ts'

/** Writes the typed calls of `@authstack/react/server` anew from the server's OpenAPI document. */
writeFileSync(clientFile, freshClient())
