/**
 * Runs `task` while no other tab of this origin runs one of the same name. Two tabs that refresh at
 * once would present the same token twice, which looks like theft and would end the session.
 * Without Web Locks (old browsers, servers) tabs are not held apart; the instance's 30 s of grace
 * for the previous token covers that.
 */
export async function withRefreshLock<T>(name: string, task: () => Promise<T>): Promise<T> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  if (!locks) return task()
  return (await locks.request(name, () => task())) as T
}
