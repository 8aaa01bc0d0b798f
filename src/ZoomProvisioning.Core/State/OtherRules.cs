using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.State;

/// <summary>What the other rules of an account have to do with some of its users.</summary>
public sealed class OtherRules
{
    private readonly IReadOnlyDictionary<string, string> _managing;

    /// <summary>Makes a list.</summary>
    /// <param name="managing">The name of a rule by the Zoom id of a user it manages.</param>
    /// <param name="unreadable">The rules whose ledger or journal cannot be read, and why.</param>
    public OtherRules(IReadOnlyDictionary<string, string> managing, IReadOnlyList<string> unreadable)
    {
        _managing = managing;
        Unreadable = unreadable;
    }

    /// <summary>There is no other rule, or it has nothing to do with anybody asked about.</summary>
    public static OtherRules None { get; } = new(new Dictionary<string, string>(), []);

    /// <summary>The rules whose ledger or journal cannot be read, and why: nobody knows whom they manage.</summary>
    public IReadOnlyList<string> Unreadable { get; }

    /// <summary>The name of another rule that manages a user; null when none does.</summary>
    public string? Managing(string zoomId) => _managing.TryGetValue(zoomId, out var rule) ? rule : null;

    /// <summary>Looks through the other rules' ledgers, one after the other, so that only one of them is in memory at a time.</summary>
    /// <param name="zoomIds">The users asked about.</param>
    /// <param name="rules">Each rule by its name, and how its ledger is read.</param>
    internal static OtherRules Find(IReadOnlyCollection<string> zoomIds, IEnumerable<(string Name, Func<Ledger> Read)> rules)
    {
        var managing = new Dictionary<string, string>(StringComparer.Ordinal);
        var unreadable = new List<string>();
        foreach (var (name, read) in rules.OrderBy(r => r.Name, StringComparer.Ordinal))
        {
            try
            {
                var ledger = read();
                foreach (var id in zoomIds.Where(id => !managing.ContainsKey(id) && ledger.Find(id) is { IsRemoved: false }))
                {
                    managing[id] = ledger.Rule;
                }
            }
            catch (ScimStateException exception)
            {
                unreadable.Add($"'{name}' ({exception.Message})");
            }
        }

        return new OtherRules(managing, unreadable);
    }
}
