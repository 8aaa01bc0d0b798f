using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Simulator.State;

/// <summary>What is set for the whole simulated account (fact sheet section 9, "State").</summary>
internal sealed class Account
{
    public string Id { get; set; } = "";

    /// <summary>Domains new addresses may have. A name stands for itself and its sub-domains; a leading dot for a whole top-level domain.</summary>
    public List<string> AssociatedDomains { get; } = [];

    /// <summary>Licensed and On-Prem users, and users with a plan that has no total of its own.</summary>
    public int PaidSeats { get; set; } = 10_000;

    /// <summary>Totals of single plans, by the attribute that gives the plan; see <see cref="Licences"/>.</summary>
    public Dictionary<string, int> PlanSeats { get; } = new(StringComparer.Ordinal);

    /// <summary>Zoom's limit of Basic users in one account (fact sheet 3.3).</summary>
    public int MaxBasicUsers { get; set; } = 9_999;

    /// <summary>Role names there are besides Owner, Admin and Member.</summary>
    public List<string> CustomRoles { get; } = [];

    /// <summary>Names of custom attributes, at most five (fact sheet 3.6).</summary>
    public List<string> CustomAttributes { get; } = [];

    /// <summary>The id of the group that takes users who come without one, and that cannot be deleted; or null.</summary>
    public string? DefaultGroupId { get; set; }

    /// <summary>The account as it is when nobody says otherwise.</summary>
    public static Account Default()
    {
        var account = new Account { Id = IdGenerator.Next("account", 0) };

        // Only names that can never belong to anybody: RFC 2606, and Microsoft's two sample companies.
        account.AssociatedDomains.AddRange(["example.com", "example.org", "example.net", "contoso.com", "fabrikam.com", ".test", ".example"]);
        return account;
    }

    public void AddDomains(IEnumerable<string> domains) =>
        AssociatedDomains.AddRange(domains.Where(domain => !AssociatedDomains.Contains(domain, StringComparer.OrdinalIgnoreCase)).ToArray());

    public bool HasDomain(string address)
    {
        var domain = address.Substring(address.LastIndexOf('@') + 1);
        return AssociatedDomains.Any(allowed => allowed.StartsWith(".", StringComparison.Ordinal)
            ? domain.EndsWith(allowed, StringComparison.OrdinalIgnoreCase)
            : string.Equals(domain, allowed, StringComparison.OrdinalIgnoreCase)
                || domain.EndsWith("." + allowed, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The role by its name in the spelling of the account, or null when there is none.</summary>
    public string? FindRole(string name) =>
        Roles.BuiltIn.Concat(CustomRoles).FirstOrDefault(role => string.Equals(role, name, StringComparison.OrdinalIgnoreCase));
}
