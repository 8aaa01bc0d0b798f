using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.State;

/// <summary>Finds the folder of a rule among those of an account: by the rule's id, and by its name where it has none or ran before it had one.</summary>
internal static class RulePlace
{
    /// <summary>The folder a rule has, or is to have, and what its card is to say.</summary>
    /// <param name="states">Reads the cards.</param>
    /// <param name="account">The folder of the account. It may not be there.</param>
    /// <param name="rule">The rule.</param>
    /// <exception cref="ScimStateException">Nobody can say which folder is meant, or it is another rule's.</exception>
    public static (string Folder, RuleCard Card) Find(IStateFactory states, string account, ProvisioningRule rule)
    {
        var folders = Directory.Exists(account)
            ? Directory.EnumerateDirectories(account).OrderBy(d => d, StringComparer.Ordinal).Select(d => (Path: d, Card: RuleCard.Read(d, states))).ToList()
            : [];
        var file = rule.Path is { } path ? Path.GetFullPath(path) : null;
        var own = rule.Id is { } id ? Originals(folders.FindAll(f => f.Card?.Id == id)) : [];
        if (own.Count > 1)
        {
            throw Unclear("Zoom.State.TwoFolders", $"Two folders say that they are those of the rule '{rule.Name}': "
                + $"{string.Join(" and ", own.Select(f => $"'{f.Path}'"))}.",
                "Move the copy somewhere else; the one that ran last is the rule's.");
        }

        if (own.Count == 0)
        {
            own = folders.FindAll(f => IsCalled(f.Path, f.Card, rule.Name));
            // A folder that bears the name comes before one whose rule has taken it on.
            own = own.FindAll(f => SameName(Path.GetFileName(f.Path), Safe(rule.Name))) is { Count: > 0 } named ? Exact(named, Safe(rule.Name)) : own;
        }

        if (own.Count == 0)
        {
            RefuseRenamed(folders.Select(f => f.Card).OfType<RuleCard>(), rule, file);
            var (key, name) = (rule.Id ?? Guid.NewGuid(), Safe(rule.Name));
            // The name may be that of a folder whose rule is called otherwise by now.
            name = folders.Exists(f => SameName(Path.GetFileName(f.Path), name)) ? $"{name} {key.ToString("N").Substring(0, 8)}" : name;
            return (Path.Combine(account, name), new RuleCard(key, rule.Id is not null, rule.Name, rule.Name, name, file));
        }

        var (folder, card) = own[0];
        RefuseForeign(card, rule, folder, file);
        var isGiven = rule.Id is not null || card?.IsGiven == true;
        return (
            folder,
            new RuleCard(rule.Id ?? card?.Id ?? Guid.NewGuid(), isGiven, rule.Name, card?.Title ?? rule.Name, Path.GetFileName(folder), file ?? card?.File));
    }

    /// <summary>Whether a folder is a copy of another one beside it, which somebody made to have a backup.</summary>
    public static bool IsCopy(string folder, RuleCard card, IStateFactory states) =>
        !card.IsIn(folder)
        && Path.Combine(Path.GetDirectoryName(folder)!, card.Folder) is var original
        && Directory.Exists(original) && RuleCard.Read(original, states)?.Id == card.Id;

    /// <summary>The other accounts of the same place that a rule has worked in: by its id, or by its file where it has none.</summary>
    /// <param name="states">Reads the cards.</param>
    /// <param name="account">The folder of the account.</param>
    /// <param name="card">The rule's card.</param>
    public static IReadOnlyList<string> OtherAccounts(IStateFactory states, string account, RuleCard card)
    {
        var root = Path.GetDirectoryName(Path.GetFullPath(account))!;
        return !Directory.Exists(root) ? [] : Directory.EnumerateDirectories(root)
            .Where(other => !SameName(Path.GetFileName(other), Path.GetFileName(account)))
            .Where(other => Directory.EnumerateDirectories(other).Any(folder => IsSame(card, Read(folder, states))))
            .Select(other => Path.GetFileName(other))
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToList();
    }

    private static bool IsSame(RuleCard card, RuleCard? other) =>
        other is not null && (card.IsGiven ? other.Id == card.Id : card.File is not null && other.File == card.File && SameName(other.Name, card.Name));

    // What another account's folder holds stops nobody here.
    private static RuleCard? Read(string folder, IStateFactory states)
    {
        try
        {
            return RuleCard.Read(folder, states);
        }
        catch (ScimStateException)
        {
            return null;
        }
    }

    // An account id may hold signs that no file name may.
    public static string Safe(string name) => new(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '@' or ' ' ? c : '_').ToArray());

    private static bool SameName(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static bool IsCalled(string folder, RuleCard? card, string name) =>
        card is null ? SameName(Path.GetFileName(folder), Safe(name)) : card.IsIn(folder) && SameName(card.Name, name);

    private static List<(string Path, RuleCard? Card)> Exact(List<(string Path, RuleCard? Card)> named, string name) =>
        named.FindAll(f => Path.GetFileName(f.Path) == name) is { Count: > 0 } exact ? exact : named;

    private static List<(string Path, RuleCard? Card)> Originals(List<(string Path, RuleCard? Card)> same) =>
        same.FindAll(f => f.Card!.IsIn(f.Path)) is { Count: > 0 } originals ? originals : same;

    private static void RefuseForeign(RuleCard? card, ProvisioningRule rule, string folder, string? file)
    {
        if (card is null)
        {
            return;
        }

        if (rule.Id is { } id && card.IsGiven && card.Id != id)
        {
            throw Unclear("Zoom.Rule.SameName", $"The rule '{rule.Name}' has another id than the rule of that name that the folder '{folder}' belongs to.",
                $"Give one of them another name. If it is the same rule, give it back its id: {card.Id:D}.");
        }

        if (!SameName(card.Name, rule.Name) && card.File is { } other && file is not null && other != file && HasId(other, card.Id))
        {
            throw Unclear("Zoom.Rule.Copied",
                $"The rule '{rule.Name}' has the id of the rule '{card.Name}', whose file '{other}' is there still. "
                    + "Each would take the other's people for its own.",
                $"A copy of a rule is a rule of its own: take the line with the id out of '{file}', or put a new one in (New-Guid). "
                + $"If the rule was renamed, delete '{other}'.");
        }
    }

    /// <summary>A rule without an id that has a new name looks like a new rule. What its file was called before says that it may not be one.</summary>
    private static void RefuseRenamed(IEnumerable<RuleCard> cards, ProvisioningRule rule, string? file)
    {
        if (rule.Id is null && file is not null && cards.FirstOrDefault(c => c.File == file) is { } before)
        {
            throw Unclear("Zoom.Rule.Renamed",
                $"The rule in '{file}' was called '{before.Name}' in its last run, and is called '{rule.Name}' now. "
                    + "As a new rule it would know none of its people.",
                $"If it is the same rule, put this line into its file, so that it is known under any name: id: {before.Id:D}. "
                + "If it is a new one, give it an id of its own (New-Guid) or another file.");
        }
    }

    private static bool HasId(string file, Guid id)
    {
        try
        {
            return File.Exists(file) && File.ReadAllText(file).IndexOf(id.ToString("D"), StringComparison.OrdinalIgnoreCase) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is there, and nobody can say that it is another rule by now.
            return true;
        }
    }

    private static ScimStateException Unclear(string id, string message, string advice) => new(id, message + " Nothing was sent.")
    {
        Category = "InvalidArgument",
        RecommendedAction = advice,
    };
}
