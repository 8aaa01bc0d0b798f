using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Session;

/// <summary>
/// The connections of one runspace. Each runspace has its own, so that parallel runbooks in one process cannot end up in
/// each other's Zoom account.
/// </summary>
internal sealed class ConnectionTable
{
    private static readonly ConditionalWeakTable<Runspace, ConnectionTable> Tables = new();

    private readonly object _gate = new();
    private readonly List<ZoomScimConnection> _connections = [];

    /// <summary>The table of the runspace this thread belongs to.</summary>
    public static ConnectionTable Current => Tables.GetValue(Runspace.DefaultRunspace, _ => new ConnectionTable());

    /// <summary>Why the last connection could not be made; null where it could.</summary>
    public ScimException? LastFailure { get; set; }

    /// <summary>The connection used when none is named: the one made last.</summary>
    public ZoomScimConnection? Default
    {
        get
        {
            lock (_gate)
            {
                return _connections.LastOrDefault();
            }
        }
    }

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyList<ZoomScimConnection> All
    {
        get
        {
            lock (_gate)
            {
                return _connections.ToList();
            }
        }
    }

    /// <summary>The connection of this name, without regard to case; null when there is none.</summary>
    public ZoomScimConnection? Find(string name) => All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes a connection the default; one of the same name is closed.</summary>
    public void Add(ZoomScimConnection connection)
    {
        ZoomScimConnection? replaced;
        lock (_gate)
        {
            replaced = Find(connection.Name);
            _connections.RemoveAll(c => ReferenceEquals(c, replaced));
            _connections.Add(connection);
            LastFailure = null;
            MarkDefault();
        }

        if (replaced is not null)
        {
            // Scripts may hold it still.
            replaced.IsDefault = false;
            replaced.Close();
        }
    }

    /// <summary>Closes a connection.</summary>
    public void Remove(ZoomScimConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
            connection.IsDefault = false;
            MarkDefault();
        }

        connection.Close();
    }

    private void MarkDefault()
    {
        foreach (var connection in _connections)
        {
            connection.IsDefault = ReferenceEquals(connection, _connections[_connections.Count - 1]);
        }
    }

    /// <summary>Closes all connections.</summary>
    public void Clear()
    {
        foreach (var connection in All)
        {
            Remove(connection);
        }
    }

    /// <summary>A name that is free, made from a wish by counting up.</summary>
    public string FreeName(string wish)
    {
        var name = wish;
        for (var number = 2; Find(name) is not null; number++)
        {
            name = FormattableString.Invariant($"{wish}-{number}");
        }

        return name;
    }
}
