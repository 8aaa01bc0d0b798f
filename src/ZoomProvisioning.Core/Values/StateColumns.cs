using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Values;

/// <summary>
/// The columns that say whether somebody may sign in, in the headings directories, personnel systems and other providers give
/// them. Headings are compared without case, accents and punctuation.
/// </summary>
internal static class StateColumns
{
    private static readonly Dictionary<string, StateColumnKind> Known = Table(
        (StateColumnKind.Positive,
            "Active|Enabled|AccountEnabled|IsActive|IsEnabled|Activated|UserEnabled|UserActive|ActiveUser|ActiveEmployee|AccountActive|ActiveAccount"
            + "|LoginEnabled|SignInEnabled|SignInAllowed|LoginAllowed|ActiveStatus"
            + "|IsAccountEnabled|CurrentlyEmployed|IsEmployed|Employed|CurrentEmployee|CurrentlyActive|AccountIsEnabled|AccountIsActive|UserIsActive"
            + "|CanSignIn|CanLogin|EnabledStatus|ActiveFlag|IsActiveFlag|ActiveYN|ActiveInd|ActiveIndicator"
            + "|Aktiv|Aktiviert|Ist aktiv|Konto aktiviert|Konto aktiv|Benutzer aktiv|Anmeldung zugelassen|Anmeldung erlaubt|Actif|Activé"
            + "|Compte actif|Compte activé|Est actif"
            + "|Activo|Habilitado|Cuenta activa|Cuenta habilitada|Attivo|Abilitato|Account attivo|Account abilitato|Actief|Ingeschakeld"
            + "|Account ingeschakeld|Account actief|In dienst"
            + "|Ativo|Conta ativa|Conta ativada|Conta habilitada|Aktywny|Aktywna|Aktywne|Konto aktywne|Włączony|Włączone|Konto włączone|Aktiverad"
            + "|Konto aktiverat|Är aktiv|Aktiveret|Konto aktiveret|Aktivert|Aktiivinen|Aktivní|Aktív|Aktif|Активен"
            + "|有効|アクティブ|アカウント有効|有効フラグ|在職|启用|활성"),
        (StateColumnKind.Negative,
            "Disabled|IsDisabled|AccountDisabled|AccountIsDisabled|UserDisabled|UserAccountDisabled|AccountDisable|BlockCredential|BlockCredentials"
            + "|Block sign in|Blocked|IsBlocked|SignInBlocked|BlockedSignIn|Sign in is blocked|IsSignInBlocked"
            + "|SignInDisabled|LoginDisabled|LoginBlocked|nsAccountLock|Inactive|IsInactive|Suspended|IsSuspended|Deactivated|IsDeactivated|Deleted"
            + "|IsDeleted|SoftDeleted|IsSoftDeleted|Archived|IsArchived|Terminated|IsTerminated"
            + "|ds-pwp-account-disabled|msDS-UserAccountDisabled|HasLeft|LeftCompany|Leaver|IsLeaver|FormerEmployee|AccountSuspended|AccountBlocked"
            + "|AccountExpired|Revoked|Deprovisioned|DisabledFlag|InactiveFlag|Resigned|Retired|IsRetired"
            + "|Deaktiviert|Gesperrt|Konto gesperrt|Konto deaktiviert|Blockiert|Anmeldung blockiert|Anmeldung blockieren"
            + "|Anmeldeinformationen blockieren|Anmeldeinformationen blockiert|Inaktiv|Ausgeschieden|Benutzer gesperrt|Gelöscht"
            + "|Désactivé|Bloqué|Compte désactivé|Compte bloqué|Bloquer les informations d'identification|Connexion bloquée|Bloquer la connexion"
            + "|Inactif|Suspendu|Sorti"
            + "|Deshabilitado|Desactivado|Bloqueado|Bloquear credencial|Bloquear credenciales|Cuenta bloqueada|Cuenta deshabilitada"
            + "|Inicio de sesión bloqueado|Inactivo|Suspendido|Baja"
            + "|Disabilitato|Disattivato|Bloccato|Blocca credenziali|Accesso bloccato|Account bloccato|Account disabilitato|Inattivo|Sospeso"
            + "|Uitgeschakeld|Geblokkeerd|Referenties blokkeren|Aanmelding geblokkeerd|Aanmelden geblokkeerd|Inactief|Gedeactiveerd"
            + "|Account uitgeschakeld|Account geblokkeerd|Uit dienst"
            + "|Desativado|Bloquear credencial|Entrada bloqueada|Login bloqueado|Inativo|Desabilitado|Conta desativada|Conta bloqueada|Desligado"
            + "|Wyłączony|Wyłączone|Zablokowany|Zablokowane|Nieaktywny|Konto wyłączone|Konto zablokowane|Zablokuj poświadczenia|Logowanie zablokowane"
            + "|Inaktiverad|Avstängd|Spärrad|Blockerad|Blockera autentiseringsuppgifter|Inloggning blockerad|Deaktiveret|Spærret|Deaktivert|Sperret"
            + "|Заблокирован|Уволен"
            + "|無効|停止|サインインのブロック|資格情報のブロック|サインインがブロックされました|退職|退職済み|退職フラグ|無効フラグ|停用|禁用|비활성"),
        (StateColumnKind.Word,
            "Status|AccountStatus|AccountState|EmploymentStatus|EmployeeStatus|UserStatus|UserState|WorkerStatus|EmplStatus|EmpStatus"
            + "|Status [READ ONLY]|LoginStatus|SignInStatus|HRStatus|HR Status|StaffStatus|PersonStatus|PersonnelStatus"
            + "|AssignmentStatus|LifecycleStatus|LifecycleState|EmploymentState|EmployeeState|CurrentStatus|ActivationStatus|ActiveInactive"
            + "|Active/Inactive|inetUserStatus|inetSubscriberStatus|JobStatus|WorkStatus|ContractStatus|ColleagueStatus"
            + "|Employee Status Code|Employment Status Code|Status Code|EmployeeRecordStatus|Record Status|PositionStatus|Enabled/Disabled"
            + "|Worker Active Status|Profile Status|Member Status|Membership Status"
            + "|Kontostatus|Benutzerstatus|Mitarbeiterstatus|Beschäftigungsstatus|Personalstatus|Anstellungsstatus|Anmeldestatus|Statut|État"
            + "|Statut employé|Statut du compte|État du compte|Statut utilisateur|Statut de l'utilisateur|Statut de l'employé"
            + "|Estado cuenta|Estado de la cuenta|Estado empleado|Estado del empleado|Estado laboral|Estado del usuario|Estatus|Situación"
            + "|Stato account|Stato utente|Stato dipendente|Stato dell'account"
            + "|Gebruikersstatus|Dienstverbandstatus|Status dienstverband|Medewerkerstatus|Situação|Estado da conta|Status da conta"
            + "|Status do funcionário|Situação do funcionário"
            + "|Status konta|Status pracownika|Status zatrudnienia|Stan konta|Anställningsstatus|Användarstatus|Ansættelsesstatus|Brugerstatus|Статус|Состояние"
            + "|ステータス|状態|在籍区分|在籍状況|在職区分|雇用状態|雇用状況|アカウント状態|アカウントの状態|ユーザーの状態|状态|在职状态|员工状态|상태|재직상태"),
        (StateColumnKind.PerhapsWord, "State|Estado|Stato|Stan|Zustand"),
        (StateColumnKind.End,
            "accountExpires|AccountExpirationDate|AccountExpiryDate|AccountExpiry|AccountExpiration|krbPrincipalExpiration|loginExpirationTime"
            + "|TerminationDate|TermDate|DateTerminated|DateOfTermination|EmploymentEndDate|EndDate|EmploymentEnd"
            + "|ContractEnd|ContractEndDate|LeavingDate|DateOfLeaving|LeaverDate|LeaveDate|EmployeeLeaveDateTime|EmployeeLeaveDate|ExitDate"
            + "|DateOfExit|SeparationDate|LastDay|LastDayOfWork|LastDayWorked|LastWorkingDay|LastWorkingDate"
            + "|DepartureDate|DeactivationDate|OffboardingDate|ValidTo|ValidUntil|Date Left|Left Date|Effective End Date|Assignment End Date"
            + "|Employment Termination Date|Termination Effective Date|Last Day of Employment|TerminatedOn|Terminated Date"
            + "|Austritt|Austrittsdatum|Austrittstermin|Vertragsende|Letzter Arbeitstag|Beschäftigungsende|Endedatum|Enddatum|Konto läuft ab"
            + "|Ablaufdatum|Gültig bis|Ausgeschieden am"
            + "|Date de sortie|Date de fin|Date fin contrat|Date de fin de contrat|Date de départ|Date de fin d'emploi|Fecha de baja|Fecha baja"
            + "|Fecha fin|Fecha de fin|Fecha fin contrato|Fecha de salida|Fecha de terminación|Fecha de cese"
            + "|Data cessazione|Data di cessazione|Data fine|Data fine rapporto|Data uscita|Fine contratto|Data fine contratto|Datum uit dienst"
            + "|Uitdienstdatum|Datum uitdienst|Einddatum|Einde dienstverband|Einddatum contract"
            + "|Data de desligamento|Data de demissão|Data de saída|Data de rescisão|Data de término|Data fim|Data zwolnienia|Data zakończenia"
            + "|Data rozwiązania umowy|Koniec umowy|Data odejścia"
            + "|Slutdatum|Anställningens slut|Avgångsdatum|Sista arbetsdag|Fratrædelsesdato|Slutdato|Sluttdato|Дата увольнения|退職日|退社日|契約終了日|離職日"
            + "|有効期限|离职日期|퇴사일|퇴직일"),
        (StateColumnKind.Ended, "DeletedDateTime|DeletedDate|DeletionTime|SoftDeletionTimestamp|Soft deletion time stamp|SoftDeletionTime"
            + "|WhenSoftDeleted|DeactivatedAt|TerminatedAt|ArchivedAt|DeletedAt|DisabledAt|DisabledDate|DateDisabled"),
        (StateColumnKind.AccountControl, "userAccountControl|UAC"),
        (StateColumnKind.LockedTime, "pwdAccountLockedTime"),
        (StateColumnKind.EndInDays, "shadowExpire"));

    // They have the sound, and are of another matter.
    private static readonly string[] OtherMatters =
        ["PASSWORD", "PWD", "MFA", "2SV", "MARITAL", "CIVIL", "SYNC", "LICEN", "VISA", "IMMIGR", "VETERAN", "FLSA", "DISABILIT",
         "EXTERNALUSER", "PROVISIONING", "MAILBOX", "TAX", "VACCIN", "ENROL", "LOCKEDOUT", "LOCKOUT", "REASON", "DATE",
         "TIME", "CHANGED", "MODIFIED", "COMPUTED", "ACTIVITY", "ACTIVESYNC", "PROTOCOL", "FORWARD", "RETENTION", "LITIGATION", "AUDIT",
         "POP", "IMAP", "OWA", "MAPI", "DIRECTORY", "SECURITYDEFAULT", "INTERACTIV", "ACTIVATIONCODE", "TRUSTED", "BLOCKLIST",
         "UNIFIEDMESSAGING", "UMENABLED",
         "REACTIV", "ARCHIVESTATUS", "CREDIT", "RESIDEN", "UNION", "BENEFIT", "PAYMENT", "PROJECT", "ORDER", "DELEGATION", "SMARTCARD",
         "STRONG", "CALENDAR", "VOICE", "SIP", "ACTIVEDIRECTORY", "ATTRACTIV", "CREATIV", "EXECUTIV", "ADDRESSBOOK", "TALENT", "SCIM"];

    private static readonly string[] Sounds =
        ["STATUS", "STATUT", "DISABL", "ENABL", "ACTIV", "SUSPEN", "TERMINAT", "BLOCK", "LEAVER", "AKTIV", "GESPERR", "INACT", "DEAKT",
         "BLOQUE", "BLOCCA", "GEBLOKK", "LOCKED", "LEFTTHE", "OFFBOARD"];

    /// <summary>How a column speaks of it; null when it does not.</summary>
    public static StateColumnKind? KindOf(string heading) => Known.TryGetValue(FoldedText.Of(heading), out var kind) ? kind : null;

    /// <summary>Whether a column that is not read sounds as if it spoke of it.</summary>
    public static bool SoundsLikeOne(string heading)
    {
        var folded = FoldedText.Of(heading);
        return Array.Exists(Sounds, s => folded.IndexOf(s, StringComparison.Ordinal) >= 0)
            && !Array.Exists(OtherMatters, o => folded.IndexOf(o, StringComparison.Ordinal) >= 0);
    }

    private static Dictionary<string, StateColumnKind> Table(params (StateColumnKind Kind, string Headings)[] rows)
    {
        var table = new Dictionary<string, StateColumnKind>(StringComparer.Ordinal);
        foreach (var (kind, headings) in rows)
        {
            foreach (var heading in headings.Split('|').Select(FoldedText.Of))
            {
                // 'Activo' and 'Actif' are told from 'Désactivé' by their letters; one heading has one meaning.
                if (!table.ContainsKey(heading))
                {
                    table.Add(heading, kind);
                }
            }
        }

        return table;
    }
}
