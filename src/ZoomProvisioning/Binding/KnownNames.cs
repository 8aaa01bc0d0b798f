using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Binding;

/// <summary>What a connection knows the names of, for the completers.</summary>
internal static class KnownNames
{
    // Less than a person notices as waiting.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(300);

    /// <summary>The ids and names known to the connection that a command line names, or to the default one.</summary>
    /// <param name="bound">The parameters typed so far.</param>
    /// <param name="cache">What the session has seen.</param>
    /// <param name="list">Reads all, when nothing is known and the account is a simulated one in this process, where it costs nothing.</param>
    public static List<(string Id, string Name)> Of(
        IDictionary? bound, Func<ZoomScimConnection, RecentNames> cache, Func<ZoomScimConnection, ScimCall, Task> list)
    {
        if (ConnectionIn(bound) is not { IsClosed: false } connection)
        {
            return [];
        }

        var names = cache(connection);
        if (names.Entries.Count == 0 && connection.Simulator is not null)
        {
            Read(connection, list);
        }

        return names.Entries.ToList();
    }

    /// <summary>Takes a page and leaves it: the directories remember what passes through them.</summary>
    public static Task Ignore<T>(IReadOnlyList<T> page) => Task.CompletedTask;

    private static void Read(ZoomScimConnection connection, Func<ZoomScimConnection, ScimCall, Task> list)
    {
        using var limit = new CancellationTokenSource();
        var call = new ScimCall(limit.Token, limit.Token);
        var reading = Task.Run(() => list(connection, call));

        // How it ends does not matter: what came in time is offered.
        ((IAsyncResult)reading).AsyncWaitHandle.WaitOne(Longest);
        limit.Cancel();
        reading.Abandon();
    }

    /// <summary>The connection that a command line names, or the default one; null when there is none.</summary>
    public static ZoomScimConnection? ConnectionIn(IDictionary? bound)
    {
        var given = bound?.Contains("Connection") == true ? bound["Connection"] : null;
        return (given is PSObject wrapped ? wrapped.BaseObject : given) switch
        {
            ZoomScimConnection connection => connection,
            string name => ConnectionTable.Current.Find(name),
            _ => ConnectionTable.Current.Default,
        };
    }
}
