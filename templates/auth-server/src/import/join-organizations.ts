import type { OperatorContext } from '../http/context.ts'
import type { ImportResult } from './import-input.ts'
import type { Decision } from './plan-import.ts'

export async function joinOrganizations(
  _context: OperatorContext,
  _decisions: Decision[],
  _results: ImportResult[],
  _isDryRun: boolean,
): Promise<void> {}
