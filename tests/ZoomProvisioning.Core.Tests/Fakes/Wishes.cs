using System;
using System.Collections.Generic;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests;

/// <summary>Short ways to the objects most tests begin with.</summary>
internal static class Wishes
{
    /// <summary>A wish as the reader makes it: one address for user name and mail.</summary>
    public static DesiredUser For(string userName, Action<ScimUser>? more = null, bool activeIsExplicit = false)
    {
        var values = new ScimUser { UserName = userName, Email = userName };
        more?.Invoke(values);
        return new DesiredUser(values) { Label = userName, Source = "source of " + userName, ActiveIsExplicit = activeIsExplicit };
    }

    /// <summary>A valid connection over the fake account.</summary>
    public static ZoomScimConnection Connection(FakeZoom zoom, Action<ZoomScimConnection>? more = null)
    {
        var connection = new ZoomScimConnection("test", zoom) { Status = ConnectionStatus.Valid };
        more?.Invoke(connection);
        return connection;
    }

    public static RecordReader Reader(RecordUse use = RecordUse.Create, ScimUser? explicitValues = null, params (string Name, AttributeSource Source)[] mapping)
    {
        var map = new Dictionary<string, AttributeSource>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, source) in mapping)
        {
            map.Add(name, source);
        }

        return new RecordReader(map, explicitValues ?? new ScimUser(), use);
    }
}
