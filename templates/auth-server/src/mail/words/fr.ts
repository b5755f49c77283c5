import type { MailWords } from './mail-words.ts'

export const fr: MailWords = {
  orOpen: 'Ou ouvrez ce lien :',
  sentBy: (name) => `Envoyé par ${name}.`,
  mails: {
    'verify-email': (_data, { name }) => ({
      subject: `Confirmez votre adresse e-mail pour ${name}`,
      heading: 'Confirmez votre adresse e-mail',
      paragraphs: [
        `Confirmez que cette adresse est la vôtre et votre compte ${name} sera prêt.`,
        'Le lien fonctionne une seule fois et expire dans 24 heures.',
      ],
      button: 'Confirmer l’adresse',
      reason: `Quelqu’un s’est inscrit à ${name} avec cette adresse. Si ce n’était pas vous, ignorez cet e-mail et rien ne se passera.`,
    }),
    'password-reset': (_data, { name }) => ({
      subject: `Réinitialisez votre mot de passe ${name}`,
      heading: 'Réinitialisez votre mot de passe',
      paragraphs: [
        'Choisissez un nouveau mot de passe avec le bouton ci-dessous. Vous serez déconnecté partout.',
        'Le lien fonctionne une seule fois et expire dans 1 heure.',
      ],
      button: 'Choisir un nouveau mot de passe',
      reason: `Quelqu’un a demandé à réinitialiser le mot de passe de votre compte ${name}. Si ce n’était pas vous, ignorez cet e-mail ; votre mot de passe ne change pas.`,
    }),
    'password-changed': (_data, { name }) => ({
      subject: `Votre mot de passe ${name} a été modifié`,
      heading: 'Votre mot de passe a été modifié',
      paragraphs: [
        'Vous avez été déconnecté partout. Connectez-vous avec le nouveau mot de passe.',
      ],
      button: 'Ce n’était pas moi',
      reason: `Le mot de passe de votre compte ${name} vient d’être modifié.`,
    }),
    'account-exists': (_data, { name }) => ({
      subject: `Vous avez déjà un compte ${name}`,
      heading: 'Vous avez déjà un compte',
      paragraphs: [
        `Quelqu’un a essayé de s’inscrire à ${name} avec votre adresse. Un compte existe déjà, rien n’a donc changé.`,
        'Si c’était vous, connectez-vous ou réinitialisez votre mot de passe.',
      ],
      button: 'Se connecter',
      reason: `Quelqu’un a saisi cette adresse dans le formulaire d’inscription de ${name}. Si ce n’était pas vous, vous n’avez rien à faire.`,
    }),
    invitation: ({ organizationName, inviterName, roleName, expiresAt }, { name, to, date }) => ({
      subject: `Rejoignez ${organizationName} sur ${name}`,
      heading: `Rejoignez ${organizationName}`,
      paragraphs: [
        `${inviterName ?? 'Un membre'} vous invite à rejoindre ${organizationName} sur ${name}, avec le rôle ${roleName}.`,
        `L’invitation est destinée à ${to} et peut être acceptée jusqu’au ${date(expiresAt)}.`,
      ],
      button: 'Voir l’invitation',
      reason: `${inviterName ?? 'Un membre'} a saisi cette adresse dans ${name}. Si cela ne vous dit rien, ignorez cet e-mail.`,
    }),
    'new-device': ({ device, country, at }, { name, time }) => ({
      subject: `Nouvelle connexion à votre compte ${name}`,
      heading: 'Nouvelle connexion à votre compte',
      paragraphs: [
        `Quelqu’un s’est connecté avec ${device ?? 'un appareil que nous n’avions jamais vu'}${country ? ` (${country})` : ''}, le ${time(at)}.`,
        'Si c’était vous, vous n’avez rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe : tous les appareils seront déconnectés.',
      ],
      button: 'Ce n’était pas moi',
      reason: `Votre compte ${name} a été utilisé depuis un appareil ou un pays nouveau pour nous.`,
    }),
    'security-alert': ({ rule, title, detail, organizationName, at }, { name, time }) => ({
      subject: `Alerte de sécurité ${name} : ${title}`,
      heading: title,
      paragraphs: [
        detail,
        `${organizationName ? `Organisation : ${organizationName}. ` : ''}Constaté le ${time(at)}.`,
      ],
      reason: `La règle « ${rule} » de ${name} prévient cette adresse.`,
    }),
    'payment-failed': ({ organizationName, planName, until }, { name, date }) => ({
      subject: `Échec du paiement pour ${organizationName}`,
      heading: 'Le paiement n’a pas abouti',
      paragraphs: [
        `Le paiement de ${organizationName} pour l’offre ${planName} a échoué.`,
        until
          ? `Rien ne change jusqu’au ${date(until)}. Mettez à jour le moyen de paiement avant cette date pour garder l’offre.`
          : 'L’offre a pris fin. Mettez à jour le moyen de paiement pour la retrouver.',
      ],
      button: 'Mettre à jour le paiement',
      reason: `Vous pouvez modifier l’offre et le paiement de ${organizationName} sur ${name}.`,
    }),
    'plan-ended': ({ organizationName, planName, newPlanName }, { name }) => ({
      subject: `${organizationName} passe à l’offre ${newPlanName}`,
      heading: `L’offre ${planName} a pris fin`,
      paragraphs: [
        `${organizationName} utilise maintenant ${newPlanName}. Rien n’a été supprimé ; ce qui dépasse les limites de ${newPlanName} reste visible, sans pouvoir être augmenté.`,
      ],
      button: 'Choisir une offre',
      reason: `Vous pouvez modifier l’offre et le paiement de ${organizationName} sur ${name}.`,
    }),
    'trial-ending': ({ organizationName, planName, endsAt }, { name, date }) => ({
      subject: `L’essai de ${organizationName} se termine le ${date(endsAt)}`,
      heading: 'Votre essai se termine bientôt',
      paragraphs: [
        `${organizationName} essaie l’offre ${planName} jusqu’au ${date(endsAt)}.`,
        'Ajoutez un moyen de paiement avant cette date pour la garder.',
      ],
      button: 'Ajouter un paiement',
      reason: `Vous pouvez modifier l’offre et le paiement de ${organizationName} sur ${name}.`,
    }),
    'usage-warning': ({ organizationName, limit, used, max }, { name }) => ({
      subject: `${organizationName} : ${used} sur ${max} ${limitName(limit)}`,
      heading:
        used >= max
          ? 'Une limite de votre offre est atteinte'
          : 'Une limite de votre offre est proche',
      paragraphs: [
        `${organizationName} utilise ${used} sur ${max} ${limitName(limit)} de son offre.`,
        'Une offre supérieure relève la limite. Personne qui est déjà là n’est exclu.',
      ],
      button: 'Voir les offres',
      reason: `Vous pouvez modifier l’offre et le paiement de ${organizationName} sur ${name}.`,
    }),
    'organization-deleted': ({ organizationName, byName, restorableUntil }, { name, date }) => ({
      subject: `${organizationName} a été supprimée`,
      heading: `${organizationName} a été supprimée`,
      paragraphs: [
        `${byName ?? 'Un propriétaire'} a supprimé ${organizationName} sur ${name}. Plus personne ne peut s’y connecter.`,
        `Un propriétaire peut la restaurer jusqu’au ${date(restorableUntil)}. Ensuite, ses données sont perdues pour de bon.`,
      ],
      reason: `Vous étiez propriétaire de ${organizationName} sur ${name}.`,
    }),
    'organization-restored': ({ organizationName }, { name }) => ({
      subject: `${organizationName} a été restaurée`,
      heading: `${organizationName} a été restaurée`,
      paragraphs: ['Ses membres peuvent de nouveau se connecter et tout est à sa place.'],
      button: 'Ouvrir',
      reason: `Vous êtes propriétaire de ${organizationName} sur ${name}.`,
    }),
    'ownership-transferred': ({ organizationName, toYou, otherName }, { name }) => ({
      subject: toYou
        ? `Vous êtes propriétaire de ${organizationName}`
        : `${organizationName} a un nouveau propriétaire`,
      heading: toYou
        ? `Vous êtes propriétaire de ${organizationName}`
        : `${organizationName} a un nouveau propriétaire`,
      paragraphs: toYou
        ? [
            `${otherName ?? 'L’ancien propriétaire'} vous a confié ${organizationName} sur ${name}. Vous pouvez tout y faire, y compris modifier l’offre et le paiement.`,
          ]
        : [
            `${otherName ?? 'Un autre membre'} est maintenant propriétaire de ${organizationName}. Vous y restez comme administrateur.`,
            `Si ce n’était pas votre décision, changez votre mot de passe ${name} et parlez au nouveau propriétaire.`,
          ],
      button: 'Ouvrir',
      reason: `Le propriétaire de ${organizationName} sur ${name} a changé.`,
    }),
    'mail-test': (_data, { name }) => ({
      subject: `E-mail de test de ${name}`,
      heading: 'Les e-mails arrivent',
      paragraphs: [
        `Voilà à quoi ressemblent les e-mails de ${name}. Si celui-ci était dans les indésirables, vérifiez SPF, DKIM et DMARC : authstack mail test dit ce qui manque.`,
      ],
      reason: `Quelqu’un qui gère ${name} a envoyé un e-mail de test à cette adresse.`,
    }),
  },
}

const limits: Record<string, string> = {
  members: 'membres',
  monthlyActiveUsers: 'utilisateurs actifs par mois',
  organizations: 'organisations',
  customRoles: 'rôles personnalisés',
  domains: 'domaines',
  departments: 'départements',
  apiKeys: 'clés d’API',
}

function limitName(limit: string): string {
  return limits[limit] ?? limit
}
