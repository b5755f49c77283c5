import { findInstance } from '../state/find-instance.ts'
import { type Mode, type OperatorClient, openOperator } from './operator-client.ts'

/** The operator's client for what the flags of a command name. Exit 5 when nothing is deployed there. */
export async function operatorOf(
  flags: { env: string; mode: Mode },
  signal: AbortSignal,
): Promise<OperatorClient> {
  const { instance } = await findInstance(flags.env)
  return openOperator(instance, flags.mode, signal)
}
