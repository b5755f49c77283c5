import type { MailWords } from './mail-words.ts'

export const de: MailWords = {
  orOpen: 'Oder öffnen Sie diesen Link:',
  sentBy: (name) => `Gesendet von ${name}.`,
  mails: {
    'verify-email': (_data, { name }) => ({
      subject: `Bestätigen Sie Ihre E-Mail-Adresse für ${name}`,
      heading: 'E-Mail-Adresse bestätigen',
      paragraphs: [
        `Bestätigen Sie, dass diese Adresse Ihnen gehört. Danach ist Ihr Konto bei ${name} bereit.`,
        'Der Link gilt einmal und läuft nach 24 Stunden ab.',
      ],
      button: 'E-Mail-Adresse bestätigen',
      reason: `Jemand hat sich mit dieser Adresse bei ${name} registriert. Wenn Sie es nicht waren, ignorieren Sie diese E-Mail; es geschieht nichts.`,
    }),
    'password-reset': (_data, { name }) => ({
      subject: `Passwort für ${name} zurücksetzen`,
      heading: 'Passwort zurücksetzen',
      paragraphs: [
        'Wählen Sie über die Schaltfläche ein neues Passwort. Sie werden dabei überall abgemeldet.',
        'Der Link gilt einmal und läuft nach 1 Stunde ab.',
      ],
      button: 'Neues Passwort wählen',
      reason: `Jemand möchte das Passwort Ihres Kontos bei ${name} zurücksetzen. Wenn Sie es nicht waren, ignorieren Sie diese E-Mail; Ihr Passwort bleibt, wie es ist.`,
    }),
    'password-changed': (_data, { name }) => ({
      subject: `Ihr Passwort für ${name} wurde geändert`,
      heading: 'Ihr Passwort wurde geändert',
      paragraphs: ['Sie wurden überall abgemeldet. Melden Sie sich mit dem neuen Passwort an.'],
      button: 'Das war ich nicht',
      reason: `Das Passwort Ihres Kontos bei ${name} wurde soeben geändert.`,
    }),
    'account-exists': (_data, { name }) => ({
      subject: `Sie haben bereits ein Konto bei ${name}`,
      heading: 'Sie haben bereits ein Konto',
      paragraphs: [
        `Jemand wollte sich mit Ihrer Adresse bei ${name} registrieren. Es gibt bereits ein Konto, daher wurde nichts geändert.`,
        'Wenn Sie es waren, melden Sie sich an oder setzen Sie Ihr Passwort zurück.',
      ],
      button: 'Anmelden',
      reason: `Jemand hat diese Adresse im Registrierungsformular von ${name} eingegeben. Wenn Sie es nicht waren, müssen Sie nichts tun.`,
    }),
    invitation: ({ organizationName, inviterName, roleName, expiresAt }, { name, to, date }) => ({
      subject: `Einladung zu ${organizationName} bei ${name}`,
      heading: `Einladung zu ${organizationName}`,
      paragraphs: [
        `${inviterName ?? 'Ein Mitglied'} hat Sie zu ${organizationName} bei ${name} eingeladen, als ${roleName}.`,
        `Die Einladung gilt für ${to} und kann bis zum ${date(expiresAt)} angenommen werden.`,
      ],
      button: 'Einladung ansehen',
      reason: `${inviterName ?? 'Ein Mitglied'} hat diese Adresse bei ${name} eingegeben. Wenn Ihnen das nichts sagt, ignorieren Sie diese E-Mail.`,
    }),
    'new-device': ({ device, country, at }, { name, time }) => ({
      subject: `Neue Anmeldung in Ihrem Konto bei ${name}`,
      heading: 'Neue Anmeldung in Ihrem Konto',
      paragraphs: [
        `Jemand hat sich am ${time(at)} angemeldet, mit ${device ?? 'einem bisher unbekannten Gerät'}${country ? ` (${country})` : ''}.`,
        'Wenn Sie es waren, müssen Sie nichts tun. Wenn nicht, wählen Sie jetzt ein neues Passwort: Damit werden alle Geräte abgemeldet.',
      ],
      button: 'Das war ich nicht',
      reason: `Ihr Konto bei ${name} wurde mit einem Gerät oder aus einem Land benutzt, das uns neu ist.`,
    }),
    'security-alert': ({ rule, title, detail, organizationName, at }, { name, time }) => ({
      subject: `Sicherheitshinweis von ${name}: ${title}`,
      heading: title,
      paragraphs: [
        detail,
        `${organizationName ? `Organisation: ${organizationName}. ` : ''}Bemerkt am ${time(at)}.`,
      ],
      reason: `Die Regel „${rule}“ von ${name} meldet an diese Adresse.`,
    }),
    'payment-failed': ({ organizationName, planName, until }, { name, date }) => ({
      subject: `Zahlung für ${organizationName} fehlgeschlagen`,
      heading: 'Die Zahlung ist fehlgeschlagen',
      paragraphs: [
        `Die Zahlung von ${organizationName} für den Tarif ${planName} ist fehlgeschlagen.`,
        until
          ? `Bis zum ${date(until)} bleibt alles, wie es ist. Aktualisieren Sie bis dahin die Zahlungsart, um den Tarif zu behalten.`
          : 'Der Tarif ist beendet. Aktualisieren Sie die Zahlungsart, um ihn wieder zu nutzen.',
      ],
      button: 'Zahlungsart aktualisieren',
      reason: `Sie dürfen Tarif und Zahlung von ${organizationName} bei ${name} ändern.`,
    }),
    'plan-ended': ({ organizationName, planName, newPlanName }, { name }) => ({
      subject: `${organizationName} nutzt jetzt den Tarif ${newPlanName}`,
      heading: `Der Tarif ${planName} ist beendet`,
      paragraphs: [
        `${organizationName} nutzt jetzt ${newPlanName}. Es wurde nichts gelöscht; was über die Grenzen von ${newPlanName} hinausgeht, bleibt sichtbar, es kommt nur nichts hinzu.`,
      ],
      button: 'Tarif wählen',
      reason: `Sie dürfen Tarif und Zahlung von ${organizationName} bei ${name} ändern.`,
    }),
    'trial-ending': ({ organizationName, planName, endsAt }, { name, date }) => ({
      subject: `Die Testphase von ${organizationName} endet am ${date(endsAt)}`,
      heading: 'Ihre Testphase endet bald',
      paragraphs: [
        `${organizationName} testet den Tarif ${planName} bis zum ${date(endsAt)}.`,
        'Hinterlegen Sie bis dahin eine Zahlungsart, um ihn zu behalten.',
      ],
      button: 'Zahlungsart hinterlegen',
      reason: `Sie dürfen Tarif und Zahlung von ${organizationName} bei ${name} ändern.`,
    }),
    'usage-warning': ({ organizationName, limit, used, max }, { name }) => ({
      subject: `${organizationName}: ${used} von ${max} ${limitName(limit)} belegt`,
      heading:
        used >= max
          ? 'Eine Grenze Ihres Tarifs ist erreicht'
          : 'Eine Grenze Ihres Tarifs ist fast erreicht',
      paragraphs: [
        `${organizationName} nutzt ${used} von ${max} ${limitName(limit)} des Tarifs.`,
        'Ein größerer Tarif hebt die Grenze an. Wer schon dabei ist, wird nicht ausgesperrt.',
      ],
      button: 'Tarife ansehen',
      reason: `Sie dürfen Tarif und Zahlung von ${organizationName} bei ${name} ändern.`,
    }),
    'organization-deleted': ({ organizationName, byName, restorableUntil }, { name, date }) => ({
      subject: `${organizationName} wurde gelöscht`,
      heading: `${organizationName} wurde gelöscht`,
      paragraphs: [
        `${byName ?? 'Ein Inhaber'} hat ${organizationName} bei ${name} gelöscht. Niemand kann sich dort mehr anmelden.`,
        `Ein Inhaber kann die Organisation bis zum ${date(restorableUntil)} wiederherstellen. Danach sind ihre Daten endgültig gelöscht.`,
      ],
      reason: `Sie waren Inhaber von ${organizationName} bei ${name}.`,
    }),
    'organization-restored': ({ organizationName }, { name }) => ({
      subject: `${organizationName} wurde wiederhergestellt`,
      heading: `${organizationName} wurde wiederhergestellt`,
      paragraphs: ['Die Mitglieder können sich wieder anmelden, und alles ist, wo es war.'],
      button: 'Öffnen',
      reason: `Sie sind Inhaber von ${organizationName} bei ${name}.`,
    }),
    'ownership-transferred': ({ organizationName, toYou, otherName }, { name }) => ({
      subject: toYou
        ? `${organizationName} gehört jetzt Ihnen`
        : `${organizationName} hat einen neuen Inhaber`,
      heading: toYou
        ? `${organizationName} gehört jetzt Ihnen`
        : `${organizationName} hat einen neuen Inhaber`,
      paragraphs: toYou
        ? [
            `${otherName ?? 'Der bisherige Inhaber'} hat Sie zum Inhaber von ${organizationName} bei ${name} gemacht. Sie dürfen dort alles, auch Tarif und Zahlung ändern.`,
          ]
        : [
            `${otherName ?? 'Ein anderes Mitglied'} ist jetzt Inhaber von ${organizationName}. Sie bleiben als Admin dabei.`,
            `Wenn Sie das nicht veranlasst haben, ändern Sie Ihr Passwort bei ${name} und sprechen Sie mit dem neuen Inhaber.`,
          ],
      button: 'Öffnen',
      reason: `Der Inhaber von ${organizationName} bei ${name} hat gewechselt.`,
    }),
    'mail-test': (_data, { name }) => ({
      subject: `Testmail von ${name}`,
      heading: 'E-Mails kommen an',
      paragraphs: [
        `So sehen E-Mails von ${name} aus. Lag diese im Spam, prüfen Sie SPF, DKIM und DMARC: authstack mail test sagt, was fehlt.`,
      ],
      reason: `Jemand, der ${name} betreibt, hat eine Testmail an diese Adresse gesendet.`,
    }),
  },
}

const limits: Record<string, string> = {
  members: 'Mitgliedern',
  monthlyActiveUsers: 'monatlich aktiven Nutzern',
  organizations: 'Organisationen',
  customRoles: 'eigenen Rollen',
  domains: 'Domains',
  departments: 'Abteilungen',
  apiKeys: 'API-Schlüsseln',
}

function limitName(limit: string): string {
  return limits[limit] ?? limit
}
