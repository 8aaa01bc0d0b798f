using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZoomProvisioning.Values;

/// <summary>A column that says whether somebody may sign in.</summary>
/// <param name="Name">Its heading, as it is written.</param>
/// <param name="Kind">How it speaks.</param>
internal readonly record struct StateColumn(string Name, StateColumnKind Kind);

/// <summary>What one column says of one person.</summary>
/// <param name="Column">The column.</param>
/// <param name="State">What it says.</param>
/// <param name="Value">The value it says it by, as text.</param>
internal readonly record struct StateReading(StateColumn Column, AccountState State, string Value);

/// <summary>
/// Reads whether somebody may sign in from all the columns of a record that speak of it. What is not certain is never a yes.
/// </summary>
internal static class StateReader
{
    private const int AccountDisabled = 2;

    private static readonly HashSet<string> ControlFlags = new(
        ["SCRIPT", "ACCOUNTDISABLE", "ACCOUNTDISABLED", "DISABLED", "HOMEDIRREQUIRED", "LOCKOUT", "PASSWDNOTREQD", "PASSWORDNOTREQUIRED",
         "PASSWDCANTCHANGE", "PASSWORDCANTCHANGE", "ENCRYPTEDTEXTPWDALLOWED", "ENCRYPTEDTEXTPASSWORDALLOWED",
         "TEMPDUPLICATEACCOUNT", "NORMALACCOUNT", "NORMALUSER", "INTERDOMAINTRUSTACCOUNT", "WORKSTATIONTRUSTACCOUNT", "SERVERTRUSTACCOUNT",
         "DONTEXPIREPASSWORD", "DONTEXPIREPASSWD", "PASSWORDNEVEREXPIRES", "MNSLOGONACCOUNT", "SMARTCARDREQUIRED",
         "TRUSTEDFORDELEGATION", "NOTDELEGATED", "USEDESKEYONLY", "DONTREQPREAUTH", "DONTREQUIREPREAUTH", "PASSWORDEXPIRED",
         "TRUSTEDTOAUTHFORDELEGATION", "PARTIALSECRETSACCOUNT", "NONE", "ENABLED"],
        StringComparer.Ordinal);

    /// <summary>What a value of a column says.</summary>
    public static AccountState Read(StateColumnKind kind, object? value, DateTimeOffset now, string? dateFormat = null)
    {
        if (Single(value) is not { } single)
        {
            return value is null or string ? AccountState.Silent : value is ICollection { Count: 0 } ? AccountState.Silent : AccountState.Doubtful;
        }

        return kind switch
        {
            StateColumnKind.Positive or StateColumnKind.Negative => Flag(single, kind == StateColumnKind.Positive),
            StateColumnKind.Word => Word(single),
            StateColumnKind.PerhapsWord =>
                Word(single) is (AccountState.Active or AccountState.Inactive) and var said && TextOf(single).Length > 2 ? said : AccountState.Silent,
            StateColumnKind.AccountControl => AccountControl(single),
            StateColumnKind.LockedTime => TextOf(single).StartsWith("000001010000", StringComparison.Ordinal) ? AccountState.Inactive : AccountState.Doubtful,
            StateColumnKind.EndInDays => Days(single, now),
            _ => End(single, kind == StateColumnKind.Ended, now, dateFormat),
        };
    }

    /// <summary>What all columns together say; which of them decide is in the list.</summary>
    /// <returns>Doubtful where one cannot be read, or where two contradict each other.</returns>
    public static AccountState Together(IReadOnlyList<StateReading> readings)
    {
        bool Says(AccountState state) => readings.Any(r => r.State == state);
        if (Says(AccountState.Inactive))
        {
            // An account that has expired, or was deleted, is marked as enabled all the same: the directory says both of it at once.
            return readings.Any(r => r.State == AccountState.Active && !readings.All(i => i.State != AccountState.Inactive || Outweighs(i.Column, r.Column)))
                ? AccountState.Doubtful
                : AccountState.Inactive;
        }

        return Says(AccountState.Doubtful) ? AccountState.Doubtful : Says(AccountState.Active) ? AccountState.Active : AccountState.Silent;
    }

    /// <summary>The value as a person reads it.</summary>
    public static string TextOf(object? value) => CellText.Trim(value switch
    {
        null => string.Empty,
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    });

    private static bool Outweighs(StateColumn inactive, StateColumn active) =>
        active.Kind is StateColumnKind.AccountControl or StateColumnKind.Positive or StateColumnKind.Negative
        && (FoldedText.Of(inactive.Name) is "ACCOUNTEXPIRES" or "ACCOUNTEXPIRATIONDATE" or "KRBPRINCIPALEXPIRATION"
            or "SHADOWEXPIRE" or "LOGINEXPIRATIONTIME" or "DELETEDDATETIME" or "SOFTDELETIONTIMESTAMP" or "WHENSOFTDELETED"
            || inactive.Kind == StateColumnKind.LockedTime);

    /// <summary>The one value there is; null for none, and for several.</summary>
    private static object? Single(object? value)
    {
        switch (value)
        {
            case string text:
                return CellText.Trim(text).Length == 0 ? null : text;
            case null or IDictionary:
                return null;
            case IEnumerable many:
                var all = many.Cast<object?>().Where(v => v is not null && TextOf(v).Length > 0).ToList();
                return all.Count == 1 ? Single(all[0]) : null;
            default:
                return value;
        }
    }

    private static AccountState Flag(object value, bool positive)
    {
        var text = TextOf(value);
        var flag = value as bool?
            ?? (text[0] == '-' ? null : StateWords.YesOrNo(FoldedText.Of(text)))
            ?? (decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && number is 0 or 1 && text[0] is not '-'
                ? number == 1
                : null);
        if (flag is { } said)
        {
            return said == positive ? AccountState.Active : AccountState.Inactive;
        }

        // 'Inactive' in a column called Disabled is clear; 'Active' there may mean the block.
        var word = StateWords.Meaning(text, withEmployments: false);
        return positive || word == AccountState.Inactive ? word : AccountState.Doubtful;
    }

    private static AccountState Word(object value)
    {
        if (value is bool flag)
        {
            return flag ? AccountState.Active : AccountState.Inactive;
        }

        var text = TextOf(value);
        if (StateWords.Meaning(text, withEmployments: true) is (AccountState.Active or AccountState.Inactive) and var said)
        {
            return said;
        }

        // Numbers and single letters are codes of the system they come from, and mean different things there; True and no do not.
        return text.Length > 1 && StateWords.YesOrNo(FoldedText.Of(text)) is { } yes
            ? (yes ? AccountState.Active : AccountState.Inactive)
            : AccountState.Doubtful;
    }

    private static AccountState AccountControl(object value)
    {
        var text = value is Enum named ? named.ToString("G") : TextOf(value);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bits)
            || (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                && long.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bits)))
        {
            return (bits & AccountDisabled) != 0 ? AccountState.Inactive : bits == 0 ? AccountState.Doubtful : AccountState.Active;
        }

        // adfind writes the number and its names: 514 (0x202) [DISABLED|NORMAL_USER].
        var digits = 0;
        while (digits < text.Length && char.IsDigit(text[digits]))
        {
            digits++;
        }

        if (digits > 0 && digits < text.Length && text[digits] is ' ' or '(' or '['
            && long.TryParse(text.Substring(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out bits))
        {
            return (bits & AccountDisabled) != 0 ? AccountState.Inactive : AccountState.Active;
        }

        var names = text.Split([',', ';', '|', '[', ']', '(', ')', '+'], StringSplitOptions.RemoveEmptyEntries)
            .Select(FoldedText.Of)
            .Where(n => n.Length > 0)
            .Select(n => n.StartsWith("ADSUF", StringComparison.Ordinal) ? n.Substring(5) : n.StartsWith("UF", StringComparison.Ordinal) ? n.Substring(2) : n)
            .ToList();
        return names.Count == 0 || !names.TrueForAll(ControlFlags.Contains) ? AccountState.Doubtful
            : names.Exists(n => n is "ACCOUNTDISABLE" or "ACCOUNTDISABLED" or "DISABLED") ? AccountState.Inactive
            : AccountState.Active;
    }

    private static AccountState Days(object value, DateTimeOffset now)
    {
        if (!long.TryParse(TextOf(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days))
        {
            return AccountState.Doubtful;
        }

        return days <= 0 ? AccountState.Silent : days * 86_400 <= now.ToUnixTimeSeconds() ? AccountState.Inactive : AccountState.Silent;
    }

    /// <summary>A date in the past says that somebody is gone. One in the future, or never, says nothing: others may.</summary>
    private static AccountState End(object value, bool anyDate, DateTimeOffset now, string? dateFormat)
    {
        var text = TextOf(value);
        if (text.Length == 0 || ValueFaults.Of(text, isName: false) is not null)
        {
            return AccountState.Silent;
        }

        if (value is bool flag)
        {
            return flag ? AccountState.Doubtful : AccountState.Silent;
        }

        DateRange? range;
        try
        {
            range = DateText.Read(value, dateFormat);
        }
        catch (FormatException)
        {
            return AccountState.Doubtful;
        }

        if (range is not { } when)
        {
            return AccountState.Silent;
        }

        if (anyDate)
        {
            return AccountState.Inactive;
        }

        // A day as such belongs to the person to its end; a directory's moment is the end itself.
        var isMoment = value is DateTime or DateTimeOffset || (text.Length > 14 && text.All(char.IsDigit));
        DateTimeOffset EndOf(DateTimeOffset at) => !isMoment && at.TimeOfDay == TimeSpan.Zero ? DateText.EndOfDay(at, TimeZoneInfo.Local) : at;
        return EndOf(when.Latest) <= now ? AccountState.Inactive : EndOf(when.Earliest) > now ? AccountState.Silent : AccountState.Doubtful;
    }
}
