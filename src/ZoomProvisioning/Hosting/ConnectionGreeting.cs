using System.Collections.Generic;
using System.Globalization;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Hosting;

/// <summary>
/// What is said of a connection when it was made: which account it is, what may be done there and how fast. Whoever is in the wrong
/// one sees it before the first change.
/// </summary>
internal static class ConnectionGreeting
{
    /// <summary>The sentence.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="isTested">Whether it was tested.</param>
    public static string Of(ZoomScimConnection connection, bool isTested)
    {
        var account = connection.IsSimulator ? "a simulated account" : connection.AccountId is { } id ? $"the account {id}" : "the account of the token";
        var allowed = new List<string>(["read"]);
        AddIf(connection.AllowCreate, "create");
        AddIf(connection.AllowUpdate, "update");
        AddIf(connection.AllowDisable, "disable");
        AddIf(connection.AllowDeprovision, "delete");
        var scopes = connection.Scopes.Count == 0 ? string.Empty : $"; scopes {string.Join(", ", connection.Scopes)}";
        // A slow pace is told to the tenth, or it would be none.
        var pace = connection.Service.Rate.RequestsPerSecond;
        return $"Connected '{connection.Name}' to {account}{(isTested ? string.Empty : " without a test")}: {string.Join(", ", allowed)}; "
            + $"{pace.ToString(pace < 10 ? "0.#" : "0", CultureInfo.CurrentCulture)} requests a second to begin with{scopes}.";

        void AddIf(bool isAllowed, string what)
        {
            if (isAllowed)
            {
                allowed.Add(what);
            }
        }
    }
}
