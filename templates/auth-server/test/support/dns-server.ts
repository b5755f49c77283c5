import dns2 from 'dns2'

/** A real DNS server of a test's own on loopback, which knows TXT records only. */
export interface DnsServer {
  /** `127.0.0.1:<port>`, for AUTHSTACK_DNS_SERVERS. */
  address: string
  /** Name → TXT records. Change it as you like; what is not in it does not exist. */
  records: Map<string, string[]>
  /** Names it was asked for. */
  asked: string[]
  /** While true every answer is SERVFAIL. */
  isBroken: boolean
  close(): Promise<void>
}

const codes = { noSuchName: 3, serverFailure: 2 }

export async function openDnsServer(): Promise<DnsServer> {
  const { Packet } = dns2
  const state = { records: new Map<string, string[]>(), asked: [] as string[], isBroken: false }
  const server = dns2.createServer({
    udp: true,
    handle(request, send) {
      const response = Packet.createResponseFromRequest(request)
      const [question] = request.questions
      const name = String(question?.name).toLowerCase()
      state.asked.push(name)
      const found = state.records.get(name) ?? []
      if (state.isBroken) response.header.rcode = codes.serverFailure
      else if (found.length === 0) response.header.rcode = codes.noSuchName
      for (const data of found) {
        response.answers.push({
          name,
          type: Packet.TYPE.TXT,
          class: Packet.CLASS.IN,
          ttl: 1,
          data,
        } as never)
      }
      send(response)
    },
  })
  await server.listen({ udp: { port: 0, address: '127.0.0.1' } as never })
  const { udp } = server.addresses() as { udp: { port: number } }
  return Object.assign(state, {
    address: `127.0.0.1:${udp.port}`,
    close: async () => void (await server.close()),
  })
}
