import type { MailWords } from './mail-words.ts'

export const es: MailWords = {
  orOpen: 'O abre este enlace:',
  sentBy: (name) => `Enviado por ${name}.`,
  mails: {
    'verify-email': (_data, { name }) => ({
      subject: `Verifica tu correo para ${name}`,
      heading: 'Verifica tu correo',
      paragraphs: [
        `Confirma que esta dirección es tuya y tu cuenta de ${name} estará lista.`,
        'El enlace sirve una sola vez y caduca en 24 horas.',
      ],
      button: 'Verificar correo',
      reason: `Alguien se registró en ${name} con esta dirección. Si no fuiste tú, ignora este correo y no pasará nada.`,
    }),
    'password-reset': (_data, { name }) => ({
      subject: `Restablece tu contraseña de ${name}`,
      heading: 'Restablece tu contraseña',
      paragraphs: [
        'Elige una contraseña nueva con el botón. Se cerrará tu sesión en todos los dispositivos.',
        'El enlace sirve una sola vez y caduca en 1 hora.',
      ],
      button: 'Elegir una contraseña nueva',
      reason: `Alguien pidió restablecer la contraseña de tu cuenta de ${name}. Si no fuiste tú, ignora este correo; tu contraseña no cambia.`,
    }),
    'password-changed': (_data, { name }) => ({
      subject: `Se cambió tu contraseña de ${name}`,
      heading: 'Se cambió tu contraseña',
      paragraphs: [
        'Se cerró tu sesión en todos los dispositivos. Inicia sesión con la contraseña nueva.',
      ],
      button: 'No fui yo',
      reason: `La contraseña de tu cuenta de ${name} se acaba de cambiar.`,
    }),
    'account-exists': (_data, { name }) => ({
      subject: `Ya tienes una cuenta de ${name}`,
      heading: 'Ya tienes una cuenta',
      paragraphs: [
        `Alguien intentó registrarse en ${name} con tu dirección. Ya existe una cuenta, así que no se cambió nada.`,
        'Si fuiste tú, inicia sesión o restablece tu contraseña.',
      ],
      button: 'Iniciar sesión',
      reason: `Alguien escribió esta dirección en el formulario de registro de ${name}. Si no fuiste tú, no tienes que hacer nada.`,
    }),
    invitation: ({ organizationName, inviterName, roleName, expiresAt }, { name, to, date }) => ({
      subject: `Únete a ${organizationName} en ${name}`,
      heading: `Únete a ${organizationName}`,
      paragraphs: [
        `${inviterName ?? 'Un miembro'} te invitó a ${organizationName} en ${name}, como ${roleName}.`,
        `La invitación es para ${to} y se puede aceptar hasta el ${date(expiresAt)}.`,
      ],
      button: 'Ver la invitación',
      reason: `${inviterName ?? 'Un miembro'} escribió esta dirección en ${name}. Si no sabes de quién se trata, ignora este correo.`,
    }),
    'new-device': ({ device, country, at }, { name, time }) => ({
      subject: `Nuevo inicio de sesión en tu cuenta de ${name}`,
      heading: 'Nuevo inicio de sesión en tu cuenta',
      paragraphs: [
        `Alguien inició sesión con ${device ?? 'un dispositivo que no habíamos visto'}${country ? ` (${country})` : ''}, el ${time(at)}.`,
        'Si fuiste tú, no tienes que hacer nada. Si no, elige ya una contraseña nueva: eso cierra la sesión en todos los dispositivos.',
      ],
      button: 'No fui yo',
      reason: `Tu cuenta de ${name} se usó desde un dispositivo o un país nuevo para nosotros.`,
    }),
    'security-alert': ({ rule, title, detail, organizationName, at }, { name, time }) => ({
      subject: `Alerta de seguridad de ${name}: ${title}`,
      heading: title,
      paragraphs: [
        detail,
        `${organizationName ? `Organización: ${organizationName}. ` : ''}Detectado el ${time(at)}.`,
      ],
      reason: `La regla «${rule}» de ${name} avisa a esta dirección.`,
    }),
    'payment-failed': ({ organizationName, planName, until }, { name, date }) => ({
      subject: `Falló el pago de ${organizationName}`,
      heading: 'El pago no se pudo realizar',
      paragraphs: [
        `Falló el pago de ${organizationName} por el plan ${planName}.`,
        until
          ? `Todo sigue igual hasta el ${date(until)}. Actualiza la forma de pago antes de esa fecha para conservar el plan.`
          : 'El plan ha terminado. Actualiza la forma de pago para recuperarlo.',
      ],
      button: 'Actualizar el pago',
      reason: `Puedes cambiar el plan y el pago de ${organizationName} en ${name}.`,
    }),
    'plan-ended': ({ organizationName, planName, newPlanName }, { name }) => ({
      subject: `${organizationName} usa ahora el plan ${newPlanName}`,
      heading: `El plan ${planName} ha terminado`,
      paragraphs: [
        `${organizationName} usa ahora ${newPlanName}. No se borró nada; lo que supera los límites de ${newPlanName} sigue visible, pero no se puede ampliar.`,
      ],
      button: 'Elegir un plan',
      reason: `Puedes cambiar el plan y el pago de ${organizationName} en ${name}.`,
    }),
    'trial-ending': ({ organizationName, planName, endsAt }, { name, date }) => ({
      subject: `La prueba de ${organizationName} termina el ${date(endsAt)}`,
      heading: 'Tu prueba termina pronto',
      paragraphs: [
        `${organizationName} prueba el plan ${planName} hasta el ${date(endsAt)}.`,
        'Añade una forma de pago antes de esa fecha para conservarlo.',
      ],
      button: 'Añadir forma de pago',
      reason: `Puedes cambiar el plan y el pago de ${organizationName} en ${name}.`,
    }),
    'usage-warning': ({ organizationName, limit, used, max }, { name }) => ({
      subject: `${organizationName} usa ${used} de ${max} ${limitName(limit)}`,
      heading:
        used >= max ? 'Has llegado a un límite de tu plan' : 'Un límite de tu plan está cerca',
      paragraphs: [
        `${organizationName} usa ${used} de ${max} ${limitName(limit)} de su plan.`,
        'Un plan mayor amplía el límite. Nadie que ya esté dentro se queda fuera.',
      ],
      button: 'Ver los planes',
      reason: `Puedes cambiar el plan y el pago de ${organizationName} en ${name}.`,
    }),
    'organization-deleted': ({ organizationName, byName, restorableUntil }, { name, date }) => ({
      subject: `Se eliminó ${organizationName}`,
      heading: `Se eliminó ${organizationName}`,
      paragraphs: [
        `${byName ?? 'Un propietario'} eliminó ${organizationName} en ${name}. Ya nadie puede entrar.`,
        `Un propietario puede restaurarla hasta el ${date(restorableUntil)}. Después, sus datos se pierden para siempre.`,
      ],
      reason: `Eras propietario de ${organizationName} en ${name}.`,
    }),
    'organization-restored': ({ organizationName }, { name }) => ({
      subject: `Se restauró ${organizationName}`,
      heading: `Se restauró ${organizationName}`,
      paragraphs: ['Sus miembros pueden entrar de nuevo y todo está donde estaba.'],
      button: 'Abrir',
      reason: `Eres propietario de ${organizationName} en ${name}.`,
    }),
    'ownership-transferred': ({ organizationName, toYou, otherName }, { name }) => ({
      subject: toYou
        ? `Ahora eres propietario de ${organizationName}`
        : `${organizationName} tiene un nuevo propietario`,
      heading: toYou
        ? `Ahora eres propietario de ${organizationName}`
        : `${organizationName} tiene un nuevo propietario`,
      paragraphs: toYou
        ? [
            `${otherName ?? 'El propietario anterior'} te hizo propietario de ${organizationName} en ${name}. Allí puedes hacerlo todo, también cambiar el plan y el pago.`,
          ]
        : [
            `${otherName ?? 'Otro miembro'} es ahora el propietario de ${organizationName}. Sigues dentro como administrador.`,
            `Si no fue cosa tuya, cambia tu contraseña de ${name} y habla con el nuevo propietario.`,
          ],
      button: 'Abrir',
      reason: `Ha cambiado el propietario de ${organizationName} en ${name}.`,
    }),
    'mail-test': (_data, { name }) => ({
      subject: `Correo de prueba de ${name}`,
      heading: 'Los correos llegan',
      paragraphs: [
        `Así se ven los correos de ${name}. Si este estaba en el correo no deseado, revisa SPF, DKIM y DMARC: authstack mail test dice qué falta.`,
      ],
      reason: `Alguien que administra ${name} envió un correo de prueba a esta dirección.`,
    }),
  },
}

const limits: Record<string, string> = {
  members: 'miembros',
  monthlyActiveUsers: 'usuarios activos al mes',
  organizations: 'organizaciones',
  customRoles: 'roles propios',
  domains: 'dominios',
  departments: 'departamentos',
  apiKeys: 'claves de API',
}

function limitName(limit: string): string {
  return limits[limit] ?? limit
}
