using System;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.State;

/// <summary>What tells one Zoom account from another in ledgers, journals and plans.</summary>
public static class AccountKey
{
    /// <summary>The account id where it is known, with the host where that is not Zoom's usual one: <c>Abc123</c>, <c>Abc123@api.zoomgov.com</c>.</summary>
    public static string Of(ZoomScimConnection connection)
    {
        var host = connection.ScimUri.IsLoopback ? "loopback" : connection.ScimUri.Host;
        return connection.AccountId is { Length: > 0 } id
            ? string.Equals(host, EngineOptions.DefaultScimUri.Host, StringComparison.OrdinalIgnoreCase) ? id : $"{id}@{host}"
            : $"token@{host}";
    }
}
