using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Values;

/// <summary>
/// What the words for being there or not being there mean, in the languages of the programs that write them. Letters are compared
/// without case and accents. Words that mean neither for certain (on leave, locked, staged, given notice) are not among them.
/// </summary>
internal static class StateWords
{
    private static readonly HashSet<string> Yes = Words(
        "true yes y 1 on x ja j oui o si sí s vero vrai wahr waar verdadero verdadeiro sim tak t prawda sant да истина はい 真 是 예 evet ano igen kyllä");

    private static readonly HashSet<string> No = Words(
        "false no n 0 off nein non falsch faux falso nao não nie nej nei nee falsz fałsz falskt falsk onwaar нет ложь いいえ 偽 否 아니요 hayır ne nem ei");

    private static readonly HashSet<string> Active = Words(
        "active activated enabled employed current currently_employed working in_service a act password_expired recovery reactivated not_blocked "
        + "not_disabled unblocked allowed normal"
        + " aktiv aktive aktiver aktiviert angestellt beschäftigt tätig freigeschaltet zugelassen im_dienst"
        + " actif activé activée en_poste en_activité présent présente employé employée autorisé"
        + " activo activa activado activada habilitado habilitada alta de_alta empleado empleada vigente en_activo"
        + " attivo attiva attivato attivata abilitato abilitata in_servizio in_forza assunto assunta"
        + " actief actieve ingeschakeld in_dienst geactiveerd werkzaam"
        + " ativo ativa ativado ativada contratado contratada em_atividade"
        + " aktywny aktywna aktywne aktywowany włączony włączone włączona zatrudniony zatrudniona czynny czynna"
        + " aktiverad aktiverat anställd aktivert aktiveret ansat ansatt aktiivinen käytössä"
        + " aktivní aktivny aktív aktif etkin çalışıyor"
        + " активен активный активна работает действующий включен включён"
        + " 有効 在職 在職中 在籍 在籍中 アクティブ 勤務中 启用 在职 有效 活动 已启用 활성 재직 재직중 활성화");

    // How somebody is employed, in the columns that mix it with whether: only there it says that somebody is.
    private static readonly HashSet<string> Employments = Words(
        "full_time fulltime part_time parttime permanent temporary temp contract contractor intern internship regular casual seasonal fixed_term "
        + "apprentice trainee probation freelance salaried hourly"
        + " vollzeit teilzeit unbefristet befristet festangestellt werkstudent praktikant auszubildender probezeit cdi cdd temps_plein"
        + " temps_partiel indefinido temporal voltijd deeltijd");

    private static readonly HashSet<string> Inactive = Words(
        "inactive inactivated disabled deactivated deactive terminated separated resigned left leaver ex_employee former former_employee retired "
        + "retiree deceased dismissed fired quit departed exited"
        + " offboarded suspended blocked deprovisioned deleted soft_deleted removed archived closed cancelled canceled expired not_active"
        + " not_enabled not_employed no_longer_employed ended withdrawn revoked"
        + " banned laid_off unemployed termination term i t r d departed_employee disallowed denied account_disabled account_suspended"
        + " inaktiv inaktive inaktiver deaktiviert nicht_aktiv gesperrt blockiert ausgeschieden ausgetreten entlassen pensioniert verrentet"
        + " verstorben gelöscht ehemalig ehemaliger ehemalige ehemaliger_mitarbeiter"
        + " abgemeldet beendet abgelaufen im_ruhestand archiviert nicht_zugelassen nicht_mehr_beschäftigt stillgelegt"
        + " inactif désactivé désactivée bloqué bloquée suspendu suspendue sorti sortie parti partie licencié licenciée démissionné retraité"
        + " retraitée décédé décédée supprimé supprimée archivé archivée ancien_employé"
        + " radié expiré expirée terminé non_actif inactivé"
        + " inactivo inactiva deshabilitado deshabilitada desactivado desactivada baja dado_de_baja dada_de_baja bloqueado bloqueada suspendido"
        + " suspendida cesado cesada despedido despedida jubilado jubilada eliminado"
        + " eliminada fallecido fallecida terminado terminada finalizado finalizada cesante ex_empleado no_activo caducado"
        + " inattivo inattiva disattivato disattivata disabilitato disabilitata bloccato bloccata sospeso sospesa cessato cessata licenziato"
        + " licenziata dimesso dimessa pensionato pensionata eliminato eliminata"
        + " terminato deceduto deceduta non_attivo scaduto"
        + " inactief niet_actief uitgeschakeld gedeactiveerd geblokkeerd uit_dienst ontslagen vertrokken gepensioneerd overleden verwijderd"
        + " geschorst beëindigd verlopen"
        + " inativo inativa desativado desativada desabilitado desabilitada desligado desligada demitido demitida suspenso suspensa excluído"
        + " excluída rescindido rescindida aposentado aposentada falecido falecida encerrado"
        + " nieaktywny nieaktywna nieaktywne wyłączony wyłączone wyłączona zablokowany zablokowane zablokowana zwolniony zwolniona zawieszony"
        + " zawieszone zawieszona niezatrudniony niezatrudniona usunięty usunięta emerytowany"
        + " dezaktywowany zakończony"
        + " inaktiverad avaktiverad spärrad avstängd slutat avslutad pensionerad avliden borttagen blockerad ej_aktiv deaktiveret fratrådt spærret"
        + " sperret sluttet deaktivert passiivinen poistettu lopettanut päättynyt"
        + " neaktivní neaktivny ukončen ukončeno zablokován inaktív kilépett letiltott pasif ayrıldı etkin_değil devre_dışı"
        + " неактивен неактивный неактивна уволен уволена заблокирован заблокирована отключен отключён удален удалён"
        + " 無効 退職 退職済 退職済み 退社 停止 停止中 非アクティブ 削除 削除済み 無効化 利用停止 离职 已离职 停用 已停用 禁用 已禁用 无效 退休 비활성 비활성화 퇴직 퇴사 정지 중지");

    // Whoever is on leave has not left, whatever else the cell says.
    private static readonly string[] Leaves =
    [
        "LEAVE", "LOA", "FURLOUGH", "SABBATICAL", "BEURLAUB", "ELTERNZEIT", "MUTTERSCHUTZ", "CONGE", "CONGED", "LICENCIAMEDICA", "PERMISO",
        "EXCEDENCIA", "ASPETTATIVA", "VERLOF", "LICENCA", "URLOP", "LEDIG", "PENDING", "NOTICE", "休職", "休業", "休假", "휴직",
    ];

    /// <summary>Whether a word means yes or no; null for neither.</summary>
    public static bool? YesOrNo(string folded) => Yes.Contains(folded) ? true : No.Contains(folded) ? false : null;

    /// <summary>What a word of a column such as Status says.</summary>
    public static AccountState Meaning(string text, bool withEmployments)
    {
        var folded = FoldedText.Of(text);
        if (folded.Length == 0)
        {
            return AccountState.Silent;
        }

        if (Exactly(folded, withEmployments) is { } exact)
        {
            return exact;
        }

        // 'Terminated - Voluntary', 'Active Assignment', 'Suspended (AUP violation)': the first word says it, unless there is a leave in it.
        if (Array.Exists(Leaves, l => folded.IndexOf(l, StringComparison.Ordinal) >= 0))
        {
            return AccountState.Doubtful;
        }

        var end = 0;
        while (end < text.Length && (char.IsLetter(text[end]) || char.IsSurrogate(text[end])))
        {
            end++;
        }

        // One letter is the beginning of anything, and two words may be the opposite of one.
        return end is > 4 && end < text.Length && text[end] is not '/'
            ? Exactly(FoldedText.Of(text.Substring(0, end)), withEmployments: false) ?? AccountState.Doubtful
            : AccountState.Doubtful;
    }

    private static AccountState? Exactly(string folded, bool withEmployments) =>
        Active.Contains(folded) ? AccountState.Active
        : Inactive.Contains(folded) ? AccountState.Inactive
        : withEmployments && Employments.Contains(folded) ? AccountState.Active
        : null;

    // An underscore in the lists above stands for a blank inside a phrase.
    private static HashSet<string> Words(params string[] lists) =>
        new(lists.SelectMany(l => l.Split(' ')).Select(FoldedText.Of).Where(w => w.Length > 0), StringComparer.Ordinal);
}
