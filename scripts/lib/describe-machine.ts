import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, type as systemType, totalmem } from 'node:os'

/** One line about this machine that says nothing of where or whose it is. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() || process.arch
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  return `${systemName()}, ${availableParallelism()} cores (${model}), ${memory}, Node ${process.versions.node}`
}

function systemName(): string {
  try {
    return (
      /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? systemType()
    )
  } catch {
    return systemType()
  }
}
